package io.github.passerelle.booking;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.push.Periods;
import io.github.passerelle.push.UnreadableEntryException;

/**
 * A ticket whose amounts add up, in cents: what was paid is its total, and so are its items, or they are less and the rest is a gift.
 *
 * @param published when it was published
 * @param dated     when it was sold, where the till says so; null where it does not
 * @param payments  what was paid, by payment method
 */
record Ticket(Instant published, Instant dated, long total, List<Item> items, Map<String, Long> payments) {

    private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

    /**
     * One of its lines.
     *
     * @param category null when it has none
     * @param preset   null when it has none
     */
    record Item(String category, String preset, long cents) {
    }

    /** @throws UnreadableEntryException which names the field that is wrong */
    static Ticket of(EntryId id, JsonNode content) throws UnreadableEntryException {
        Ticket ticket = new Ticket(id.time(), dated(content), Read.cents(content.path("total_amount"), "total_amount"), items(content), payments(content));
        long paid = ticket.payments().values().stream().mapToLong(Long::longValue).sum();
        if (paid != ticket.total()) {
            throw new UnreadableEntryException("the amounts of the ticket do not add up: payments are " + paid + ", total_amount is " + ticket.total());
        }
        if (ticket.price() != ticket.total() && (ticket.price() < 0 || ticket.gift() < 0)) {
            throw new UnreadableEntryException("the amounts of the ticket do not add up: items are " + ticket.price() + ", total_amount is "
                                               + ticket.total());
        }
        return ticket;
    }

    private static Instant dated(JsonNode content) throws UnreadableEntryException {
        String date = Read.text(content, "sale_date", "sale_date");
        return date == null ? null : SaleDate.parse(date).orElseThrow(
                () -> new UnreadableEntryException("sale_date is neither a moment with its offset from UTC nor a day"));
    }

    private static List<Item> items(JsonNode content) throws UnreadableEntryException {
        List<Item> items = new ArrayList<>();
        for (JsonNode item : Read.list(content, "items")) {
            String place = "items[" + items.size() + "].";
            items.add(new Item(Read.text(item, "category_id", place + "category_id"), Read.text(item, "preset_id", place + "preset_id"),
                    Read.cents(item.path("total_price"), place + "total_price")));
        }
        return List.copyOf(items);
    }

    private static Map<String, Long> payments(JsonNode content) throws UnreadableEntryException {
        Map<String, Long> payments = new TreeMap<>();
        int index = 0;
        for (JsonNode payment : Read.list(content, "payments")) {
            String place = "payments[" + index++ + "].";
            String method = Read.text(payment, "payment_method", place + "payment_method");
            if (method == null || !METHOD.matcher(method).matches()) {
                throw new UnreadableEntryException(place + "payment_method is " + (method == null ? "missing" : "not of the form " + METHOD.pattern()));
            }
            payments.merge(method, Read.cents(payment.path("amount"), place + "amount"), Math::addExact);
        }
        return payments;
    }

    static long total(List<Ticket> tickets) {
        return tickets.stream().map(Ticket::total).reduce(0L, Math::addExact);
    }

    /** As far as the till can tell. */
    Instant soldAt() {
        return dated == null ? published : dated;
    }

    boolean agreesWith(Ticket other) {
        return Objects.equals(dated, other.dated) && total == other.total && items.equals(other.items) && payments.equals(other.payments);
    }

    LocalDate day() {
        return soldAt().atZone(Periods.ZONE).toLocalDate();
    }

    /** What its items come to. */
    long price() {
        return items.stream().mapToLong(Item::cents).sum();
    }

    /** What was paid beyond that. */
    long gift() {
        return total - price();
    }

    /** Nothing was paid, and nothing sold at a price: there is nothing to book. */
    boolean isFree() {
        return items.stream().allMatch(item -> item.cents() == 0) && payments.values().stream().allMatch(cents -> cents == 0);
    }
}
