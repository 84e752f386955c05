package io.github.passerelle.benchmark;

import java.time.Duration;
import java.util.List;

/**
 * What the command line says.
 *
 * @param seconds for how long each worker is measured
 * @param warmUp  for how many seconds each one works before that
 * @param rounds  how often everything is measured
 * @param only    the names of the cases to measure; empty for all
 * @param backlog how many entries the long backlog has
 */
record Options(int seconds, int warmUp, int rounds, List<String> only, int backlog) {

    private static final String USAGE = "Arguments: none, --seconds N, --warm-up N, --rounds N, --backlog N, --only CASE,CASE";
    private static final Duration LONGEST_AT_FIFTY = Duration.ofMinutes(1);

    static Options parse(List<String> arguments) {
        Options options = new Options(30, 15, 3, List.of(), 1_000_000);
        for (int i = 0; i < arguments.size(); i += 2) {
            options = options.with(arguments.get(i), i + 1 < arguments.size() ? arguments.get(i + 1) : "");
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--seconds" -> new Options(number(name, value), warmUp, rounds, only, backlog);
            case "--warm-up" -> new Options(seconds, number(name, value), rounds, only, backlog);
            case "--rounds" -> new Options(seconds, warmUp, number(name, value), only, backlog);
            case "--backlog" -> new Options(seconds, warmUp, rounds, only, number(name, value));
            case "--only" -> new Options(seconds, warmUp, rounds, List.of(value.split(",")), backlog);
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private static int number(String name, String value) {
        if (!value.matches("[1-9]\\d{0,7}")) {
            throw new IllegalArgumentException(name + " needs a whole number above 0");
        }
        return Integer.parseInt(value);
    }

    boolean isWanted(String benchmarkCase) {
        return only.isEmpty() || only.contains(benchmarkCase);
    }

    Duration warmUpTime() {
        return Duration.ofSeconds(warmUp);
    }

    Duration measuredTime() {
        return Duration.ofSeconds(seconds);
    }

    /** How long a pace of fifty a second lasts before it is measured; a minute, or less in a short trial. */
    Duration leadIn() {
        return shorter(warmUpTime().multipliedBy(4));
    }

    /** How long it is measured then; a minute, or less in a short trial. */
    Duration atFifty() {
        return shorter(measuredTime().multipliedBy(2));
    }

    private static Duration shorter(Duration time) {
        return time.compareTo(LONGEST_AT_FIFTY) < 0 ? time : LONGEST_AT_FIFTY;
    }
}
