package io.github.passerelle.push;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.camel.Exchange;

import io.github.passerelle.camel.redisstreams.Count;
import io.github.passerelle.camel.redisstreams.Counters;
import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.RedisStreamsConstants;
import io.github.passerelle.camel.redisstreams.RedisStreamsEndpoint;
import io.github.passerelle.camel.redisstreams.StreamEntry;

/**
 * The books of the channel itself: what was delivered of each cash session, and in each hour and on each day. They are written with the
 * acknowledgement. Those of a session are compared with what the till says when it closes it, as only that can reveal a ticket which was never
 * published.
 */
public class Ledger {

    /** Exchange property: {@code equal}, {@code different} or {@code unknown}; set for the close of a session. */
    static final String TOTALS = "totals";

    /** Exchange property: whether Paheko need not be asked, as all amounts of the session are 0. */
    public static final String NOTHING_TO_BOOK = "nothingToBook";

    /** Exchange property: where the entry of the session stands in Paheko; kept with the session. */
    public static final String URL = "pahekoUrl";

    /** Exchange property: whether the session stands in Paheko's books more than once; kept with the session. */
    public static final String BOOKED_TWICE = "bookedTwice";

    /** Exchange property: the type of the session, such as {@code virtual}; set where it is known. */
    static final String SESSION_TYPE = "sessionType";

    /** Field of the ledger: the type of the session. */
    static final String TYPE = "type";

    /** Field of the ledger: entries that were left out on purpose. */
    static final String SKIPPED = "skipped";

    /** Exchange property: the {@link Totals} that were found at the close of a session. */
    static final String FOUND = "totalsFound";

    private static final String OPENED = "pos.session.opened";
    private static final String TICKET = "pos.ticket.created";
    private static final String CLOSED = "pos.session.closed";
    private static final String VIRTUAL = "virtual";
    private static final String ENTERED = "ledgerEntry";
    private static final String GATHERED = "ledgerEntriesOfGathered";
    private static final int KEPT_DAYS = 400;

    /**
     * What the delivery of an entry counts.
     *
     * @param session null where it belongs to none
     */
    private record Entered(String session, Map<String, Long> increments, Map<String, String> values, boolean last) {

        private static final Entered NOTHING = new Entered(null, Map.of(), Map.of(), false);

        private String scope() {
            return session == null ? "" : SessionLedger.NAME + session;
        }
    }

    /**
     * An entry that is acknowledged with the close of its session.
     *
     * @param key its idempotency key; empty when it cannot be read
     */
    private record Gathered(String key, Entered entered) {
    }

    private final Clock clock;
    private Journal journal;
    private boolean skipVirtual;

    public Ledger() {
        this(Clock.systemUTC());
    }

    Ledger(Clock clock) {
        this.clock = clock;
    }

    public void setJournal(Journal journal) {
        this.journal = journal;
    }

    /** Whether sessions of type virtual are left out, and the type must therefore be known for each ticket. */
    public void setSkipVirtual(boolean skipVirtual) {
        this.skipVirtual = skipVirtual;
    }

    /**
     * The channel's second step: lays down what the delivery of this entry will count, and compares what was delivered of a session that is
     * closed. It sets the properties {@code totals} and {@code sessionType}.
     */
    public void enter(Exchange exchange) throws InterruptedException {
        String session = exchange.getProperty("session", String.class);
        Sale sale = exchange.getProperty(EntryReader.SALE, Sale.class);
        switch (exchange.getProperty("event", String.class)) {
            case OPENED -> {
                Entered entered = opened(session, sale, entryId(exchange));
                exchange.setProperty(SESSION_TYPE, entered.values().get(TYPE));
                exchange.setProperty(ENTERED, entered);
            }
            case TICKET -> {
                if (skipVirtual && session != null) {
                    exchange.setProperty(SESSION_TYPE, counted(session, exchange).get(TYPE));
                }
                exchange.setProperty(ENTERED, ticket(session, sale));
            }
            case CLOSED -> {
                if (session != null) {
                    closed(session, sale.closing(), counted(session, exchange), admin(exchange).rolledBackAt().orElse(null), skipVirtual, exchange);
                }
            }
            default -> {
                // counts as delivered, and for nothing else
            }
        }
    }

    /**
     * The same for the close of a session whose entries were gathered for it: they are counted with it, and only they are compared with what the
     * till says. It sets the same properties.
     */
    @SuppressWarnings("unchecked")
    public void enterSession(Exchange exchange) {
        String session = exchange.getProperty("session", String.class);
        Map<EntryId, Gathered> all = new LinkedHashMap<>();
        Map<String, String> sum = new HashMap<>();
        Set<String> keys = new HashSet<>();
        for (StreamEntry entry : (List<StreamEntry>) exchange.getProperty(RedisStreamsConstants.GATHERED, List.of(), List.class)) {
            Gathered gathered = gathered(session, entry);
            all.put(entry.id(), gathered);
            // as when it is acknowledged: what was published twice counts once
            if (keys.add(gathered.key())) {
                gathered.entered().increments().forEach((field, by) -> sum.merge(field, by.toString(),
                        (one, other) -> Long.toString(Long.parseLong(one) + Long.parseLong(other))));
                sum.putAll(gathered.entered().values());
            }
        }
        closed(session, exchange.getProperty(EntryReader.SALE, Sale.class).closing(), sum, null, true, exchange);
        exchange.setProperty(GATHERED, all);
    }

    private static Gathered gathered(String session, StreamEntry entry) {
        Entered nothing = new Entered(session, Map.of(), Map.of(), false);
        return EntryReader.sale(entry).map(sale -> new Gathered(sale.idempotencyKey(), switch (sale.event()) {
            case OPENED -> opened(session, sale, entry.id().toString());
            case TICKET -> ticket(session, sale);
            default -> nothing;
        })).orElse(new Gathered("", nothing));
    }

    /**
     * Whether a session is closed by a close that was delivered, and so what comes now comes too late for it.
     */
    public boolean isClosed(Exchange exchange) throws InterruptedException {
        String session = exchange.getProperty("session", String.class);
        return session != null && SessionLedger.of(counted(session, exchange)).isClosed();
    }

    /** Before the acknowledgement: what was left out on purpose counts as that, whatever it holds, and tells nothing of Paheko. */
    public void count(Exchange exchange) {
        Entered entered = withPlace(exchange.getProperty(ENTERED, Entered.NOTHING, Entered.class), exchange);
        boolean delivered = exchange.getProperty("delivered", false, Boolean.class);
        exchange.setProperty(RedisStreamsConstants.UNASKED, !delivered || exchange.getProperty(NOTHING_TO_BOOK, false, Boolean.class));
        exchange.setProperty(RedisStreamsConstants.COUNTERS, new Counters(entered.scope(), exchange.getProperty("idempotencyKey", "", String.class),
                entered.last(), counts(entered, delivered, isRepeated(exchange))));
        exchange.setProperty(RedisStreamsConstants.GATHERED_COUNTERS, countersOfGathered(delivered, exchange));
        if (delivered && entered.increments().containsKey(Totals.UNREADABLE)) {
            journal.amountsUnknown(exchange);
        }
        if (delivered && exchange.getProperty(FOUND) != null) {
            journal.totals(exchange);
        }
    }

    /** With where the session stands in the books of Paheko, once that is known. */
    private static Entered withPlace(Entered entered, Exchange exchange) {
        String url = exchange.getProperty(URL, String.class);
        if (url == null) {
            return entered;
        }
        Map<String, String> values = new HashMap<>(entered.values());
        values.put(URL, url);
        values.put(BOOKED_TWICE, exchange.getProperty(BOOKED_TWICE, "false", String.class));
        return new Entered(entered.session(), entered.increments(), values, entered.last());
    }

    /** Before an entry is put aside. */
    public void refuse(Exchange exchange) {
        exchange.setProperty(RedisStreamsConstants.COUNTS, Periods.count(clock.instant(), Map.of(Periods.REFUSED, 1L)));
    }

    @SuppressWarnings("unchecked")
    private Map<EntryId, Counters> countersOfGathered(boolean delivered, Exchange exchange) {
        Map<EntryId, Counters> counters = new HashMap<>();
        ((Map<EntryId, Gathered>) exchange.getProperty(GATHERED, Map.of(), Map.class)).forEach((id, gathered) -> counters.put(id,
                new Counters(gathered.entered().scope(), gathered.key(), false, counts(gathered.entered(), delivered, false))));
        return counters;
    }

    private List<Count> counts(Entered entered, boolean delivered, boolean repeated) {
        List<Count> counts = new ArrayList<>();
        if (entered.session() != null) {
            counts.add(new Count(entered.scope(), delivered ? entered.increments() : Map.of(SKIPPED, 1L), entered.values(), KEPT_DAYS));
        }
        if (delivered) {
            counts.addAll(Periods.count(clock.instant(), inPeriod(entered, repeated)));
        }
        return counts;
    }

    private static Map<String, Long> inPeriod(Entered entered, boolean repeated) {
        Map<String, Long> increments = new HashMap<>(Map.of(Periods.DELIVERED, 1L));
        if (entered.increments().containsKey(Totals.TICKETS)) {
            increments.put(Periods.TICKETS, 1L);
            increments.put(Periods.CENTS, entered.increments().getOrDefault(Totals.CENTS, 0L));
            if (entered.increments().containsKey(Totals.UNREADABLE)) {
                increments.put(Periods.UNREADABLE, 1L);
            }
            if (repeated) {
                increments.put(Periods.REPEATED, 1L);
            }
        }
        return increments;
    }

    private static boolean isRepeated(Exchange exchange) {
        return Dossier.parse(exchange.getProperty(RedisStreamsConstants.NOTE, String.class)).filter(dossier -> dossier.tries() > 0).isPresent();
    }

    private static Entered opened(String session, Sale opened, String entryId) {
        if (session == null) {
            return Entered.NOTHING;
        }
        Map<String, String> values = new HashMap<>(Map.of(Totals.OPENED, entryId));
        if (Sale.isHeaderValue(opened.sessionType())) {
            values.put(TYPE, opened.sessionType());
        }
        return new Entered(session, Map.of(), values, false);
    }

    private static Entered ticket(String session, Sale ticket) {
        Map<String, Long> increments = new HashMap<>(Map.of(Totals.TICKETS, 1L));
        ticket.amounts().ifPresentOrElse(amounts -> {
            increments.put(Totals.LINES, (long) amounts.lines());
            increments.put(Totals.CENTS, amounts.total());
            amounts.payments().forEach((method, cents) -> increments.put(Totals.PAID + method, cents));
        }, () -> increments.put(Totals.UNREADABLE, 1L));
        return new Entered(session, increments, Map.of(), false);
    }

    /**
     * @param ledger       what was counted of the session
     * @param rolledBackAt when Redis last lost some of that; null when it never did
     */
    private static void closed(String session, Closing closing, Map<String, String> ledger, Instant rolledBackAt, boolean withoutVirtual,
                               Exchange exchange) {
        String type = ledger.get(TYPE);
        exchange.setProperty(SESSION_TYPE, type);
        if (withoutVirtual && VIRTUAL.equals(type)) {
            exchange.setProperty(ENTERED, new Entered(session, Map.of(), Map.of(Totals.CLOSED, entryId(exchange)), true));
            return;
        }
        Totals totals = Totals.of(ledger, closing, rolledBackAt);
        exchange.setProperty(TOTALS, totals.state().code());
        exchange.setProperty(FOUND, totals);
        Map<String, String> values = new HashMap<>(Map.of(Totals.CLOSED, entryId(exchange), TOTALS, totals.state().code()));
        totals.expected().totalSales().ifPresent(cents -> values.put(Totals.EXPECTED_CENTS, cents.toString()));
        totals.expected().totalItems().ifPresent(lines -> values.put(Totals.EXPECTED_LINES, lines.toString()));
        totals.expected().difference().ifPresent(cents -> values.put(Totals.TILL_DIFFERENCE, cents.toString()));
        exchange.setProperty(ENTERED, new Entered(session, Map.of(), values, true));
    }

    private static Map<String, String> counted(String session, Exchange exchange) throws InterruptedException {
        return admin(exchange).counters(SessionLedger.NAME + session);
    }

    private static RedisStreamsAdmin admin(Exchange exchange) {
        return ((RedisStreamsEndpoint) exchange.getFromEndpoint()).admin();
    }

    private static String entryId(Exchange exchange) {
        return exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class);
    }
}
