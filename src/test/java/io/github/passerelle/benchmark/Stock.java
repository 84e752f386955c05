package io.github.passerelle.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/**
 * Sales without end, of many tills at the same time, each with one cash session after the other. A little of it is made up as the till would,
 * and then comes again and again under new ids: to make up each sale anew would take more of the machine than to carry it.
 */
final class Stock {

    private static final int TILLS = 256;
    private static final int FEWEST = 8;
    private static final int MOST = 30;
    private static final int DIGITS = 12;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** An event of the till, and the places where an id ends that must be new each time. */
    private record Pattern(SaleEvent event, int[] idEnds) {

        private byte[] payload(long number) {
            byte[] payload = event.payload().clone();
            for (int end : idEnds) {
                long rest = number;
                for (int i = end - 1; i >= end - DIGITS; i--) {
                    payload[i] = HEX[(int) (rest & 15)];
                    rest >>>= 4;
                }
            }
            return payload;
        }
    }

    private static final class Register {

        private final List<Pattern> session;
        private int next;
        private long turn;

        private Register(List<Pattern> session) {
            this.session = session;
        }

        private Object[] sell(String... trim) {
            Pattern pattern = session.get(next);
            byte[] payload = pattern.payload(turn);
            if (++next == session.size()) {
                next = 0;
                turn++;
            }
            List<Object> command = new ArrayList<>(List.of("XADD", Till.STREAM));
            command.addAll(List.of(trim));
            command.addAll(List.of("*", "event", pattern.event().type(), "payload", payload));
            return command.toArray();
        }
    }

    private final List<Register> registers = new ArrayList<>();
    private final Random random;
    private int next;

    private Stock(long seed, Function<CashSession, List<SaleEvent>> events) {
        random = new Random(seed);
        Till till = new Till(null, seed);
        for (int i = 0; i < TILLS; i++) {
            CashSession session = till.session(FEWEST + random.nextInt(MOST - FEWEST));
            registers.add(new Register(events.apply(session).stream().map(event -> new Pattern(event, idEnds(event, session.id()))).toList()));
        }
    }

    /** Whole sessions. */
    static Stock ofSessions(long seed) {
        return new Stock(seed, CashSession::events);
    }

    /** Tickets of sessions that are never closed. */
    static Stock ofTickets(long seed) {
        return new Stock(seed, CashSession::tickets);
    }

    private static int[] idEnds(SaleEvent event, String session) {
        List<Integer> ends = new ArrayList<>();
        String text = event.payloadText();
        for (String id : List.of(session, event.key().substring(event.key().indexOf(':') + 1))) {
            for (int at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
                ends.add(at + id.length());
            }
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The command that publishes the next event, as the till does. */
    Object[] nextTrimmed() {
        return register().sell("MAXLEN", "~", "10000");
    }

    /** The same, but nothing is ever dropped from the stream. */
    Object[] nextKept() {
        return register().sell();
    }

    /** Each till in its turn, in a new order each time. */
    private Register register() {
        if (next == registers.size()) {
            Collections.shuffle(registers, random);
            next = 0;
        }
        return registers.get(next++);
    }
}
