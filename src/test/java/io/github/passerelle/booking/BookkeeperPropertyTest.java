package io.github.passerelle.booking;

import static io.github.passerelle.booking.Entries.MAPPING;
import static io.github.passerelle.booking.Entries.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.github.passerelle.camel.redisstreams.StreamEntry;

/** What holds for any session that the till may publish. */
class BookkeeperPropertyTest {

    private static final long FIRST = Instant.parse("2025-12-30T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("2027-01-02T00:00:00Z").getEpochSecond();

    /** A ticket to be published. */
    record Sold(long second, List<long[]> items, long gift, List<Integer> shares) {

        long price() {
            return items.stream().mapToLong(item -> item[0]).sum();
        }

        long total() {
            return price() >= 0 ? price() + gift : price();
        }

        StreamEntry entry(int number) {
            List<String> payments = new ArrayList<>();
            long left = total();
            for (int share : shares) {
                long part = left * share / 100;
                payments.add(Entries.payment(List.of("especes", "cheque", "cb").get(payments.size() % 3), part));
                left -= part;
            }
            payments.add(Entries.payment("cb", left));
            return Entries.ticket(Instant.ofEpochSecond(second).toString(), "t" + number, "null", total(),
                    items.stream().map(item -> Entries.item(item[0], List.of("books", "toys").get((int) item[1]), item[2] == 0 ? "gift" : null))
                            .collect(Collectors.joining(",")),
                    String.join(",", payments));
        }
    }

    @Provide
    Arbitrary<List<Sold>> sessions() {
        Arbitrary<Long> cents = Arbitraries.oneOf(Arbitraries.longs().between(0, 5000), Arbitraries.longs().between(-3000, 100_000_000L));
        Arbitrary<long[]> items = Combinators.combine(cents, Arbitraries.longs().between(0, 1), Arbitraries.longs().between(0, 3))
                .as((price, category, preset) -> new long[] { price, category, preset });
        return Combinators.combine(Arbitraries.longs().between(FIRST, LAST), items.list().ofMaxSize(5), Arbitraries.longs().between(0, 300),
                Arbitraries.integers().between(0, 100).list().ofMaxSize(3)).as(Sold::new).list().ofMaxSize(12);
    }

    private static List<StreamEntry> entries(List<Sold> sold, long difference) {
        List<StreamEntry> entries = new ArrayList<>();
        entries.add(Entries.opened(Instant.ofEpochSecond(FIRST).toString()));
        for (int i = 0; i < sold.size(); i++) {
            entries.add(sold.get(i).entry(i));
        }
        entries.add(Entries.closed(Instant.ofEpochSecond(LAST).toString(), Entries.totals(total(sold), sold.stream().mapToInt(one -> one.items().size())
                .sum()) + ",'closing_amount':10000,'actual_amount':" + (10000 + difference)));
        return entries;
    }

    private static long total(List<Sold> sold) {
        return sold.stream().mapToLong(Sold::total).sum();
    }

    private static Booking book(List<StreamEntry> entries) {
        return new Bookkeeper(MAPPING).book(SESSION, entries);
    }

    @Property(tries = 300)
    void isBalancedAndConservesEveryCent(@ForAll("sessions") List<Sold> sold, @ForAll("differences") long difference) throws Exception {
        Booking booking = book(entries(sold, difference));
        assertThat(booking.obstacles()).isEmpty();
        assertThat(booking.total()).isEqualTo(total(sold));
        assertThat(booking.lines()).allSatisfy(line -> {
            assertThat(Math.min(line.debit(), line.credit())).isZero();
            assertThat(Math.max(line.debit(), line.credit())).isPositive();
        });
        assertThat(balance(booking, "")).as("debits less credits").isZero();
        assertThat(balance(booking, "5")).as("what came in").isEqualTo(total(sold) + difference);
        long gifts = sold.stream().mapToLong(one -> one.total() - one.price() + one.items().stream().filter(item -> item[2] == 0)
                .mapToLong(item -> item[0]).sum()).sum();
        assertThat(balance(booking, "7541")).isEqualTo(-gifts);
        assertThat(balance(booking, "70")).isEqualTo(gifts - total(sold));
        assertThat(booking.isNothing()).isEqualTo(booking.lines().isEmpty());
        JsonNode json = new ObjectMapper().readTree(booking.json());
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode line : json.path("lines")) {
            assertThat(line.has("debit")).isNotEqualTo(line.has("credit"));
            String amount = line.path("debit").asText() + line.path("credit").asText();
            assertThat(amount).matches("[0-9]+\\.[0-9]{2}");
            sum = line.has("debit") ? sum.add(new BigDecimal(amount)) : sum.subtract(new BigDecimal(amount));
        }
        assertThat(sum).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Provide
    Arbitrary<Long> differences() {
        return Arbitraries.oneOf(Arbitraries.just(0L), Arbitraries.longs().between(-5000, 5000));
    }

    private static long balance(Booking booking, String accounts) {
        return booking.lines().stream().filter(line -> line.account().startsWith(accounts)).mapToLong(line -> line.debit() - line.credit()).sum();
    }

    @Property(tries = 100)
    void doesNotDependOnTheOrderOfItsEntries(@ForAll("sessions") List<Sold> sold, @ForAll Random random) {
        List<StreamEntry> entries = entries(sold, 7);
        List<StreamEntry> shuffled = new ArrayList<>(entries);
        shuffled.addAll(entries.subList(0, entries.size() / 2));
        Collections.shuffle(shuffled, random);
        assertThat(book(shuffled)).isEqualTo(book(entries));
    }

    @Property(tries = 200)
    void isDatedByTheLastSaleAndTellsEachDay(@ForAll("sessions") List<Sold> sold) {
        Booking booking = book(entries(sold, 0));
        ZoneId paris = ZoneId.of("Europe/Paris");
        long last = sold.stream().mapToLong(Sold::second).max().orElse(LAST);
        assertThat(booking.date()).isEqualTo(Instant.ofEpochSecond(last).atZone(paris).toLocalDate());
        long days = sold.stream().map(one -> Instant.ofEpochSecond(one.second()).atZone(paris).toLocalDate()).distinct().count();
        assertThat(booking.notes().lines().filter(line -> line.matches("[0-9]{2}/[0-9]{2}/20[0-9]{2} : .*")).count()).isEqualTo(days > 1 ? days : 0);
    }
}
