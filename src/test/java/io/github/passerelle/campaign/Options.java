package io.github.passerelle.campaign;

import java.util.List;

/**
 * What the command line says.
 *
 * @param only acts whose name contains this are played; empty for all
 */
record Options(int minutes, long seed, String only) {

    static Options parse(List<String> arguments, int minutes, long seed) {
        Options options = new Options(minutes, seed, "");
        for (int i = 0; i < arguments.size(); i += 2) {
            options = options.with(arguments.get(i), i + 1 < arguments.size() ? arguments.get(i + 1) : "");
        }
        return options;
    }

    private Options with(String name, String value) {
        try {
            return switch (name) {
                case "--minutes" -> new Options(Integer.parseInt(value), seed, only);
                case "--seed" -> new Options(minutes, Long.parseLong(value), only);
                case "--only" -> new Options(minutes, seed, value);
                default -> throw new IllegalArgumentException("Arguments: none, --minutes N, --seed N, --only PART-OF-AN-ACT'S-NAME");
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " needs a whole number", e);
        }
    }
}
