package io.github.passerelle.demo;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;

/**
 * Compares what the till published with what the receiver has and with what Redis still holds. It believes none of them alone: amounts are
 * read from the bytes that were published and from the bytes that arrived.
 */
final class Reckoning {

    private final List<Published> published;
    private final List<Received> ledger;
    private final Set<String> pending;
    private final Set<String> failedOnce;
    private final Map<String, List<Received>> byKey;
    private final ObjectMapper json = new ObjectMapper();

    Reckoning(List<Published> published, List<Received> ledger, List<String> pending, Set<String> failedOnce) {
        this.published = published;
        this.ledger = ledger;
        this.pending = Set.copyOf(pending);
        this.failedOnce = failedOnce;
        this.byKey = ledger.stream().collect(Collectors.groupingBy(Received::key));
    }

    // -- what became of the entries -------------------------------------------------------------------------------------------------------------

    List<Published> published() {
        return published;
    }

    List<Published> delivered() {
        return those(this::isDelivered);
    }

    List<Published> redelivered() {
        return those(entry -> isDelivered(entry) && failedOnce.contains(entry.entryId()));
    }

    /** Sent again although it was booked, because the answer had been lost. */
    List<Published> recognised() {
        return those(entry -> requests(entry).stream().anyMatch(Received::duplicate));
    }

    List<Published> refused() {
        return those(this::isRefused);
    }

    /** Closes of sessions that wait, as an entry of theirs is refused. */
    List<Published> held() {
        return those(this::isHeld);
    }

    List<String> stillPending() {
        return pending.stream().sorted().toList();
    }

    Received lastRequest(Published entry) {
        List<Received> requests = requests(entry);
        return requests.get(requests.size() - 1);
    }

    private List<Published> those(Predicate<Published> wanted) {
        return published.stream().filter(wanted).toList();
    }

    private List<Received> requests(Published entry) {
        return byKey.getOrDefault(entry.key(), List.of());
    }

    private long bookings(Published entry) {
        return requests(entry).stream().filter(Received::booked).count();
    }

    private boolean isDelivered(Published entry) {
        return bookings(entry) == 1 && !pending.contains(entry.entryId());
    }

    private boolean isRefused(Published entry) {
        return bookings(entry) == 0 && !requests(entry).isEmpty() && lastRequest(entry).status() / 100 == 4;
    }

    private boolean isHeld(Published entry) {
        String session = session(entry);
        return entry.type().equals("pos.session.closed") && requests(entry).isEmpty() && pending.contains(entry.entryId())
                && refused().stream().anyMatch(refused -> session(refused).equals(session));
    }

    private boolean isWhereItBelongs(Published entry) {
        return isDelivered(entry) || isRefused(entry) && pending.contains(entry.entryId()) || isHeld(entry);
    }

    // -- whether it adds up ---------------------------------------------------------------------------------------------------------------------

    /** Each entry is where it belongs: in the receiver's books and acknowledged, or refused or held and still pending. */
    boolean isSettled() {
        return published.stream().allMatch(this::isWhereItBelongs) && pending.size() == refused().size() + held().size();
    }

    boolean bodiesAreUnchanged() {
        return published.stream().allMatch(entry -> requests(entry).stream().allMatch(request -> Arrays.equals(request.body(), entry.payload())));
    }

    boolean nothingIsForeign() {
        Set<String> keys = published.stream().map(Published::key).collect(Collectors.toSet());
        return ledger.stream().allMatch(request -> keys.contains(request.key()));
    }

    boolean amountsAgree() {
        return publishedCents() == acceptedCents() + refusedCents();
    }

    boolean addsUp() {
        return isSettled() && bodiesAreUnchanged() && nothingIsForeign() && amountsAgree();
    }

    long publishedCents() {
        return published.stream().mapToLong(entry -> cents(entry.payload())).sum();
    }

    long acceptedCents() {
        return ledger.stream().filter(Received::booked).mapToLong(request -> cents(request.body())).sum();
    }

    long refusedCents() {
        return refused().stream().mapToLong(entry -> cents(lastRequest(entry).body())).sum();
    }

    private long cents(byte[] payload) {
        JsonNode event = read(payload);
        return event.path("event").asText().equals("pos.ticket.created") ? event.path("total_amount").asLong() : 0;
    }

    private String session(Published entry) {
        JsonNode event = read(entry.payload());
        return event.path("session_id").asText(event.path("cash_session_id").asText());
    }

    private JsonNode read(byte[] payload) {
        try {
            return json.readTree(payload);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** What is not where it belongs, for a run that did not come to its end. */
    String missing() {
        List<String> unsettled = published.stream().filter(entry -> !isWhereItBelongs(entry))
                .map(entry -> entry.sale().label() + " (" + entry.entryId() + (pending.contains(entry.entryId()) ? ", pending)" : ")")).toList();
        return "Published " + published.size() + ", delivered " + delivered().size() + ", refused " + refused().size() + ", pending " + pending.size()
                + "; neither delivered nor refused: " + (unsettled.isEmpty() ? "none" : String.join(", ", unsettled)) + ".";
    }
}
