package io.github.passerelle.booking;

import static io.github.passerelle.booking.Entries.MAPPING;
import static io.github.passerelle.booking.Entries.SESSION;
import static io.github.passerelle.booking.Entries.closed;
import static io.github.passerelle.booking.Entries.entry;
import static io.github.passerelle.booking.Entries.item;
import static io.github.passerelle.booking.Entries.opened;
import static io.github.passerelle.booking.Entries.payment;
import static io.github.passerelle.booking.Entries.sale;
import static io.github.passerelle.booking.Entries.ticket;
import static io.github.passerelle.booking.Entries.totals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.passerelle.booking.Obstacle.Reason;
import io.github.passerelle.camel.redisstreams.StreamEntry;

class BookkeeperTest {

    private static final String MORNING = "2026-11-21T08:00:00Z";
    private static final String NOON = "2026-11-21T11:00:00Z";
    private static final String EVENING = "2026-11-21T17:00:00Z";

    private static Booking book(StreamEntry... entries) {
        return new Bookkeeper(MAPPING).book(SESSION, List.of(entries));
    }

    /** Between an opening and a close with the right totals. */
    private static Booking booked(long cents, int lines, StreamEntry... tickets) {
        List<StreamEntry> all = new ArrayList<>(List.of(tickets));
        all.add(opened(MORNING));
        all.add(closed(EVENING, totals(cents, lines)));
        return book(all.toArray(StreamEntry[]::new));
    }

    private static List<Reason> obstacles(Booking booking) {
        return booking.obstacles().stream().map(Obstacle::reason).toList();
    }

    private static BookingLine debit(String account, long cents, String label) {
        return new BookingLine(account, cents, 0, label);
    }

    private static BookingLine credit(String account, long cents, String label) {
        return new BookingLine(account, 0, cents, label);
    }

    @Test
    void paymentsAreDebitsAndSalesAreCredits() throws Exception {
        Booking booking = booked(1750, 3, ticket(NOON, "t1", "null", 1250, item(1000, "books", null) + "," + item(250, "toys", null),
                payment("especes", 1000) + "," + payment("cheque", 250)), sale(NOON, "t2", 500, "cb"));
        assertThat(booking.isBookable()).isTrue();
        assertThat(booking.lines()).containsExactly(debit("512", 500, "cb"), debit("5112", 250, "cheque"), debit("530", 1000, "especes"),
                credit("707", 1000, "Ventes"), credit("7073", 750, "Ventes"));
        assertThat(booking.reference()).isEqualTo("RECYCLIC-SESSION-s-1");
        assertThat(booking.date()).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(booking.label()).isEqualTo("Caisse RecyClique du 21/11/2026");
        assertThat(booking.notes()).isEqualTo("Session s-1 : 2 tickets, 17,50 €");
        assertThat(booking.tickets()).isEqualTo(2);
        assertThat(booking.total()).isEqualTo(1750);
        JsonNode json = new ObjectMapper().readTree(booking.json());
        assertThat(json.toString()).isEqualTo("""
                {"id_year":"match","label":"Caisse RecyClique du 21/11/2026","date":"2026-11-21","type":"ADVANCED",\
                "reference":"RECYCLIC-SESSION-s-1","notes":"Session s-1 : 2 tickets, 17,50 €","lines":[\
                {"account":"512","debit":"5.00","label":"cb"},{"account":"5112","debit":"2.50","label":"cheque"},\
                {"account":"530","debit":"10.00","label":"especes"},{"account":"707","credit":"10.00","label":"Ventes"},\
                {"account":"7073","credit":"7.50","label":"Ventes"}]}""");
    }

    @Test
    void aRefundSwapsTheSides() {
        assertThat(booked(-300, 1, sale(NOON, "t1", -300, "especes")).lines())
                .containsExactly(credit("530", 300, "especes"), debit("7073", 300, "Ventes"));
        assertThat(booked(200, 2, sale(NOON, "t1", -300, "especes"), sale(NOON, "t2", 500, "cb")).lines())
                .containsExactly(debit("512", 500, "cb"), credit("530", 300, "especes"), credit("7073", 200, "Ventes"));
        assertThat(booked(0, 2, sale(NOON, "t1", -300, "especes"), sale(NOON, "t2", 300, "especes")).isNothing()).as("it evens out").isTrue();
    }

    @Test
    void whatIsPaidBeyondThePriceAndWhatIsSoldUnderAGiftsPresetAreGifts() {
        Booking booking = booked(1700, 2, ticket(NOON, "t1", "null", 1200, item(1000, null, null), payment("especes", 1200)),
                ticket(NOON, "t2", "null", 500, item(500, "books", "gift"), payment("cb", 500)));
        assertThat(booking.lines()).containsExactly(debit("512", 500, "cb"), debit("530", 1200, "especes"), credit("7073", 1000, "Ventes"),
                credit("7541", 700, "Dons"));
    }

    @ParameterizedTest
    @CsvSource({ "5000, 5120, 530, 758", "5000, 4980, 658, 530" })
    void theTillsDifferenceGoesToItsAccounts(long expected, long actual, String debit, String credit) {
        Booking booking = book(opened(MORNING), closed(EVENING, totals(0, 0) + ",'closing_amount':" + expected + ",'actual_amount':" + actual));
        long cents = Math.abs(actual - expected);
        assertThat(booking.lines()).containsExactlyInAnyOrder(debit(debit, cents, "Écart de caisse"), credit(credit, cents, "Écart de caisse"));
        assertThat(booking.notes()).isEqualTo("Session s-1 : 0 ticket, 0,00 €\nÉcart de caisse : " + (actual > expected ? "+1,20 €" : "-0,20 €"));
        assertThat(booking.date()).as("of the close").isEqualTo(LocalDate.of(2026, 11, 21));
    }

    @Test
    void ticketsOfNothingAreCountedAndNotBooked() {
        StreamEntry free = ticket(NOON, "t1", "null", 0, item(0, null, null), payment("gratuit", 0));
        Booking booking = booked(100, 2, free, sale(NOON, "t2", 100, "cb"));
        assertThat(booking.isBookable()).as("a method of which nothing was paid needs no account").isTrue();
        assertThat(booking.tickets()).isEqualTo(2);
        assertThat(booking.free()).isEqualTo(1);
        assertThat(booking.lines()).hasSize(2);
        assertThat(booking.notes()).isEqualTo("Session s-1 : 2 tickets, 1,00 €\ndont 1 ticket à 0 €, sans écriture");
        assertThat(booked(0, 1, free).isNothing()).isTrue();
        assertThat(booked(0, 0).isNothing()).isTrue();
    }

    @Test
    void aSessionForTrainingIsNeverBooked() {
        Booking booking = book(opened(MORNING, "virtual"), sale(NOON, "t1", 100, "unheard-of"), closed(EVENING, totals(900, 9)));
        assertThat(booking.virtual()).isTrue();
        assertThat(booking.isNothing()).isTrue();
        assertThat(booking.isBookable()).isFalse();
        assertThat(booking.lines()).isEmpty();
        assertThat(book(opened(MORNING, "deferred"), sale(NOON, "t1", 100, "cb"), closed(EVENING, totals(100, 1))).isBookable()).isTrue();
    }

    @Test
    void whatTheMappingDoesNotTellHoldsTheSession() {
        Booking booking = booked(300, 2, sale(NOON, "t1", 100, "tickets-resto"), sale(NOON, "t2", 200, "cb"));
        assertThat(obstacles(booking)).containsExactly(Reason.NOT_MAPPED);
        assertThat(booking.obstacles().get(0).sentence()).isEqualTo("the payment method 'tickets-resto' has no account in 'payments'");
        assertThat(booking.isBookable()).isFalse();
        assertThat(booking.lines()).as("half an entry is none").isEmpty();
        Bookkeeper poor = new Bookkeeper(new Mapping(Map.of("cb", "512"), "7073", Map.of(), null, Set.of(), null, "match", "Caisse"));
        assertThat(obstacles(poor.book(SESSION, List.of(opened(MORNING), ticket(NOON, "t1", "null", 200, item(100, null, null), payment("cb", 200)),
                closed(EVENING, ",'closing_amount':1,'actual_amount':2"))))).containsExactly(Reason.NOT_MAPPED, Reason.NOT_MAPPED);
    }

    @Test
    void theTillsTotalsDecideWhetherAllIsThere() {
        StreamEntry sale = sale(NOON, "t1", 100, "cb");
        assertThat(obstacles(booked(200, 1, sale))).containsExactly(Reason.TOTALS_DIFFER);
        assertThat(obstacles(booked(100, 2, sale))).containsExactly(Reason.TOTALS_DIFFER);
        assertThat(booked(200, 2, sale).obstacles().get(0).sentence())
                .isEqualTo("the till says 200 cents in 2 lines, its tickets are 100 cents in 1 lines");
        assertThat(obstacles(book(sale, closed(EVENING, ",'total_sales':200")))).containsExactly(Reason.TOTALS_DIFFER);
        assertThat(obstacles(book(sale, closed(EVENING, "")))).containsExactly(Reason.TOTALS_UNKNOWN);
        assertThat(book(sale, closed(EVENING, totals(100, 1))).isBookable()).as("the totals tell").isTrue();
        assertThat(book(opened(MORNING), sale, closed(EVENING, ",'total_sales':null")).isBookable()).as("the opening tells").isTrue();
        assertThat(obstacles(book(opened(MORNING), sale))).containsExactly(Reason.NOT_CLOSED);
    }

    @Test
    void aSecondPublicationCountsOnceAndAContradictionHolds() {
        StreamEntry first = sale(NOON, "t1", 100, "cb");
        assertThat(booked(100, 1, first, sale("2026-11-21T11:00:01Z", "t1", 100, "cb")).total()).isEqualTo(100);
        assertThat(obstacles(booked(100, 1, first, sale("2026-11-21T11:00:01Z", "t1", 100, "especes")))).containsExactly(Reason.CONTRADICTORY);
        assertThat(obstacles(book(opened(MORNING), closed(EVENING, totals(0, 0)), closed("2026-11-21T18:00:00Z", totals(100, 1)))))
                .containsExactly(Reason.CONTRADICTORY);
    }

    @Test
    void aSessionThatIsForTrainingAndThenIsNotIsNoTraining() {
        Booking booking = book(opened(MORNING, "virtual"), opened("2026-11-21T08:00:01Z", "real"), sale(NOON, "t1", 100, "cb"),
                closed(EVENING, totals(100, 1)));
        assertThat(booking.virtual()).isFalse();
        assertThat(obstacles(booking)).containsExactly(Reason.CONTRADICTORY);
    }

    @Test
    void whatCannotBeReadHoldsTheSessionAndNothingIsThrown() {
        Booking booking = booked(0, 0, entry(NOON, "pos.ticket.created", "{'cash_session_id':'s-1','total_amount':1.5}"),
                entry(NOON, "pos.ticket.created", "not json"), entry(NOON, "pos.refund.created", "{'session_id':'s-1'}"));
        assertThat(obstacles(booking)).containsExactly(Reason.UNREADABLE, Reason.UNREADABLE, Reason.UNREADABLE);
        assertThat(booking.obstacles().get(0).sentence()).startsWith("entry 1795258800000-0: ").doesNotContain("1.5");
    }

    @Test
    void aBillionEurosIsTheMost() {
        assertThat(booked(100_000_000_000L, 1, sale(NOON, "t1", 100_000_000_000L, "cb")).isBookable()).isTrue();
        assertThat(obstacles(booked(100_000_000_001L, 1, sale(NOON, "t1", 100_000_000_001L, "cb")))).containsExactly(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // by the id of the entry: before and after midnight in Paris, in winter and in summer
        "2026-11-21T22:59:59.999Z, null, 2026-11-21", "2026-11-21T23:00:00Z, null, 2026-11-22",
        "2026-07-14T21:59:59.999Z, null, 2026-07-14", "2026-07-14T22:00:00Z, null, 2026-07-15",
        "2026-12-31T22:59:59.999Z, null, 2026-12-31", "2026-12-31T23:00:00Z, null, 2027-01-01",
        // both changes of the clock, and the hour that comes twice
        "2026-03-28T22:59:59Z, null, 2026-03-28", "2026-03-28T23:00:00Z, null, 2026-03-29", "2026-03-29T21:59:59Z, null, 2026-03-29",
        "2026-10-24T21:59:59Z, null, 2026-10-24", "2026-10-24T22:00:00Z, null, 2026-10-25",
        "2026-10-25T00:30:00Z, null, 2026-10-25", "2026-10-25T01:30:00Z, null, 2026-10-25",
        "2026-10-25T22:59:59Z, null, 2026-10-25", "2026-10-25T23:00:00Z, null, 2026-10-26",
        // by what the till says
        "2026-11-21T11:00:00Z, '''2026-10-25T02:30:00+02:00''', 2026-10-25", "2026-11-21T11:00:00Z, '''2026-10-25T02:30:00+01:00''', 2026-10-25",
        "2026-11-21T11:00:00Z, '''2026-10-31T23:30:00Z''', 2026-11-01", "2026-11-21T11:00:00Z, '''2026-12-31T20:00:00-05:00''', 2027-01-01",
        "2026-11-21T11:00:00Z, '''2026-11-20''', 2026-11-20",
        "2026-11-21T11:00:00Z, '''2026-11-20T10:00:00.123456+01:00''', 2026-11-20" })
    void theDateIsThatOfTheLastSaleInParis(String at, String saleDate, LocalDate day) {
        Booking booking = book(ticket(at, "t1", saleDate, 100, item(100, null, null), payment("cb", 100)),
                closed("2027-06-01T12:00:00Z", totals(100, 1)));
        assertThat(booking.date()).isEqualTo(day);
        assertThat(booking.notes()).doesNotContain("Ventes par jour");
    }

    @Test
    void salesOfSeveralDaysAreToldByDay() {
        Booking booking = book(sale("2026-12-31T22:30:00Z", "t1", 100, "cb"), sale("2026-12-31T23:30:00Z", "t2", 123450, "cb"),
                sale("2026-12-31T23:31:00Z", "t3", 50, "cb"), closed("2026-12-31T23:40:00Z", totals(123600, 3)));
        assertThat(booking.date()).isEqualTo(LocalDate.of(2027, 1, 1));
        assertThat(booking.label()).isEqualTo("Caisse RecyClique du 01/01/2027");
        assertThat(booking.notes()).isEqualTo("""
                Session s-1 : 3 tickets, 1 236,00 €
                Ventes par jour :
                31/12/2026 : 1 ticket, 1,00 €
                01/01/2027 : 2 tickets, 1 235,00 €""");
    }

    @Test
    void textsStayWithinPahekosLimits() {
        List<StreamEntry> entries = new ArrayList<>();
        for (int day = 1; day <= 100; day++) {
            entries.add(ticket(NOON, "t" + day, "'" + LocalDate.of(2026, 1, 1).plusDays(day) + "'", 100, item(100, null, null),
                    payment("m".repeat(200), 100)));
        }
        entries.add(closed(EVENING, totals(10000, 100)));
        Mapping mapping = new Mapping(Map.of("m".repeat(200), "530"), "7073", Map.of(), null, Set.of(), null, "7", "é🎁".repeat(50));
        Booking booking = new Bookkeeper(mapping).book(SESSION, entries);
        assertThat(bytes(booking.label())).isBetween(190, 200);
        assertThat(booking.label()).endsWith(" du 11/04/2026").doesNotContain("\ufffd").doesNotContainPattern("[\ud800-\udbff](?![\udc00-\udfff])");
        assertThat(bytes(booking.notes())).isBetween(1900, 2000);
        assertThat(booking.notes()).endsWith(" : 1 ticket, 1,00 €\n…");
        assertThat(booking.lines().get(0).label()).hasSize(199);
        assertThat(booking.json()).startsWith("{\"id_year\":7,");
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void nothingThatPeopleWroteIsInIt() {
        Booking booking = booked(100, 1, sale(NOON, "t1", 100, "cb"));
        assertThat(booking.json()).doesNotContain("Martin").doesNotContain("Paul");
    }

    @ParameterizedTest
    @ValueSource(strings = { "a' OR '1'='1", "é", "🎁", "a b", "a\"b", "a;b", "a\nb", "" })
    void anIdThatIsNoReferenceIsNotBooked(String session) {
        assertThatThrownBy(() -> new Bookkeeper(MAPPING).book(session, List.of(opened(MORNING)))).isInstanceOf(IllegalArgumentException.class);
    }
}
