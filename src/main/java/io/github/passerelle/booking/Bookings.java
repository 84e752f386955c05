package io.github.passerelle.booking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.camel.Body;
import org.apache.camel.Exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.RedisStreamsConstants;
import io.github.passerelle.camel.redisstreams.StreamEntry;
import io.github.passerelle.push.Cause;
import io.github.passerelle.push.Dossier;
import io.github.passerelle.push.HeldException;
import io.github.passerelle.push.Ledger;
import io.github.passerelle.push.NotPahekoException;
import io.github.passerelle.push.SessionBookedException;
import io.github.passerelle.push.UnreadableEntryException;

/**
 * What {@code routes/paheko-api.camel.yaml} asks about the entry of a cash session in the books.
 */
public class Bookings {

    /** Exchange property: what Paheko calls the entry; set once it is known to be in the books. */
    static final String PAHEKO_ID = "pahekoId";

    private static final String IS_EXERCISE = "isExercise";
    private static final String REFERENCE = "reference";
    private static final String JSON_OF_BOOKING = "bookingJson";
    private static final String BOOKING = "booking";
    // what a person can know better
    private static final Set<Obstacle.Reason> RELEASABLE = Set.of(Obstacle.Reason.TOTALS_DIFFER, Obstacle.Reason.TOTALS_UNKNOWN);
    private static final ObjectMapper JSON = new ObjectMapper();

    private Bookkeeper bookkeeper;
    private Ledger ledger;
    private String address;

    /**
     * The file that says which account is which; empty where nothing is booked.
     *
     * @throws InvalidMappingException when it is not as it must be
     */
    public void setMapping(String file) {
        bookkeeper = file.isEmpty() ? null : new Bookkeeper(MappingFile.read(Path.of(file)));
    }

    public void setLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Where Paheko begins, without a slash at its end. */
    public void setAddress(String address) {
        this.address = address;
    }

    /**
     * Whether a session can be booked with this entry.
     *
     * @throws UnreadableEntryException when it cannot, or the session is booked already
     */
    public void check(@Body byte[] payload, Exchange exchange) throws UnreadableEntryException, InterruptedException {
        EntryCheck.check(entry(payload, exchange));
        // what is only collected is found by these names
        exchange.setProperty(RedisStreamsConstants.NOTE, Dossier.parse(exchange.getProperty(RedisStreamsConstants.NOTE, String.class)).orElse(Dossier.NEW)
                .named(exchange.getProperty("event", String.class), exchange.getProperty("session", String.class),
                        exchange.getProperty("idempotencyKey", String.class)).toString());
        if (ledger.isClosed(exchange)) {
            throw new SessionBookedException();
        }
    }

    /**
     * Makes the entry for the books out of the close and the entries that were gathered for it. Sets the properties {@code reference} and
     * {@code bookingJson}, {@code nothingToBook} and {@code isExercise}.
     */
    @SuppressWarnings("unchecked")
    public void make(@Body byte[] payload, Exchange exchange) {
        List<StreamEntry> entries = new ArrayList<>(exchange.getProperty(RedisStreamsConstants.GATHERED, List.of(), List.class));
        entries.add(entry(payload, exchange));
        Booking booking = bookkeeper.book(exchange.getProperty("session", String.class), entries);
        exchange.setProperty(BOOKING, booking);
        exchange.setProperty(REFERENCE, booking.reference());
        exchange.setProperty(JSON_OF_BOOKING, booking.json());
        boolean nothing = booking.lines().isEmpty() && obstacles(booking, exchange).isEmpty();
        exchange.setProperty(Ledger.NOTHING_TO_BOOK, booking.isNothing() || nothing);
        exchange.setProperty(IS_EXERCISE, booking.virtual());
    }

    private static StreamEntry entry(byte[] payload, Exchange exchange) {
        return new StreamEntry(EntryId.parse(exchange.getProperty(RedisStreamsConstants.ENTRY_ID, String.class)),
                Map.of("event", exchange.getProperty("event", String.class).getBytes(), "payload", payload));
    }

    /**
     * Reads Paheko's answer to the look-up.
     *
     * @throws NotPahekoException when that does not tell whether the session is there
     * @throws HeldException      when it is there with another amount than its entries come to
     */
    public void found(@Body byte[] answer, Exchange exchange) throws NotPahekoException, HeldException {
        JsonNode json = read(answer).orElseThrow(() -> new NotPahekoException("the answer to the look-up is no JSON"));
        JsonNode results = json.path("results");
        if (!json.path("count").isIntegralNumber() || !results.isArray() || json.path("count").longValue() != results.size()
                || !results.isEmpty() && !(results.path(0).path("id").isIntegralNumber() && results.path(0).path("total").canConvertToLong())) {
            throw new NotPahekoException("the answer to the look-up does not tell what was found");
        }
        if (!results.isEmpty()) {
            requireTheSame(results.path(0).path("total").longValue(), exchange);
            isInTheBooks(results.path(0).path("id").longValue(), exchange);
            exchange.setProperty(Ledger.BOOKED_TWICE, results.size() > 1);
        }
    }

    /** What changed since it was booked, or was booked by hand, is in no book, or there twice. A person who has seen to it releases the session. */
    private static void requireTheSame(long booked, Exchange exchange) throws HeldException {
        Booking booking = exchange.getProperty(BOOKING, Booking.class);
        long here = booking.lines().stream().mapToLong(BookingLine::debit).sum();
        // without lines it is not known what it should be
        if (booked != here && !booking.lines().isEmpty() && !isReleased(exchange)) {
            throw new HeldException(Cause.BOOKED_DIFFERENTLY, "in Paheko " + Money.decimal(booked) + " EUR are booked under its reference, its"
                                                              + " entries here come to " + Money.decimal(here) + " EUR");
        }
    }

    private static boolean isReleased(Exchange exchange) {
        return exchange.getProperty(RedisStreamsConstants.RELEASED, false, Boolean.class);
    }

    /**
     * @throws HeldException when a person must see to the session before it can be booked. Where totals alone are at fault, a release will do
     */
    public void requireNoObstacle(Exchange exchange) throws HeldException {
        List<Obstacle> obstacles = obstacles(exchange.getProperty(BOOKING, Booking.class), exchange);
        if (!obstacles.isEmpty()) {
            throw new HeldException(Cause.valueOf(obstacles.get(0).reason().name()), obstacles.get(0).sentence());
        }
    }

    private static List<Obstacle> obstacles(Booking booking, Exchange exchange) {
        return booking.obstacles().stream().filter(obstacle -> !isReleased(exchange) || !RELEASABLE.contains(obstacle.reason())).toList();
    }

    /**
     * Reads Paheko's answer to the entry.
     *
     * @throws NotPahekoException when it does not name the entry: whether that is in the books, the next look-up tells
     */
    public void booked(@Body byte[] answer, Exchange exchange) throws NotPahekoException {
        JsonNode id = read(answer).map(json -> json.path("id")).filter(JsonNode::isIntegralNumber)
                .orElseThrow(() -> new NotPahekoException("the answer does not name the entry"));
        isInTheBooks(id.longValue(), exchange);
    }

    private void isInTheBooks(long id, Exchange exchange) {
        exchange.setProperty(PAHEKO_ID, id);
        exchange.setProperty(Ledger.URL, address + "/admin/acc/transactions/details.php?id=" + id);
    }

    private static Optional<JsonNode> read(byte[] answer) {
        try {
            return answer == null ? Optional.empty() : Optional.ofNullable(JSON.readTree(answer));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
