package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotalsTest {

    private static final Map<String, String> LEDGER = Map.of("opened", "1-1", "tickets", "2", "lines", "5", "cents", "1750");

    @Test
    void areEqualWhereSumAndLinesAre() throws Exception {
        Totals totals = Totals.of(LEDGER, closing("{\"total_sales\": 1750, \"total_items\": 5}"), null);
        assertThat(totals.state()).isEqualTo(Totals.State.EQUAL);
        assertThat(totals.tickets()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({ "1751, 5", "1750, 6", "0, 0", "-1750, 5" })
    void areDifferentWhereOneOfThemIs(long sales, long items) throws Exception {
        assertThat(Totals.of(LEDGER, closing("{\"total_sales\": %d, \"total_items\": %d}".formatted(sales, items)), null).state())
                .isEqualTo(Totals.State.DIFFERENT);
    }

    @Test
    void aSessionWithoutTicketsIsEqualToNothing() throws Exception {
        assertThat(Totals.of(Map.of("opened", "1-1"), closing("{\"total_sales\": 0, \"total_items\": 0}"), null).state()).isEqualTo(Totals.State.EQUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"total_sales\": 1750}", "{\"total_items\": 5}", "{\"total_sales\": 1750.0, \"total_items\": 5}",
            "{\"total_sales\": \"1750\", \"total_items\": 5}", "{\"total_sales\": null, \"total_items\": 5}", "[]", "7" })
    void areUnknownWhereTheTillSaysNothingThatCanBeCompared(String closed) throws Exception {
        assertThat(Totals.of(LEDGER, closing(closed), null).state()).isEqualTo(Totals.State.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({ "unknown, 1", "cents, many", "lines, ''", "tickets, 1.5", "unknown, x" })
    void areUnknownWhereTheLedgerDoesNotKnow(String field, String value) throws Exception {
        Map<String, String> ledger = new HashMap<>(LEDGER);
        ledger.put(field, value);
        assertThat(Totals.of(ledger, closing("{\"total_sales\": 1750, \"total_items\": 5}"), null).state()).isEqualTo(Totals.State.UNKNOWN);
    }

    @Test
    void areUnknownWhereTheSessionWasOpenedBeforeThisChannelDelivered() throws Exception {
        Map<String, String> ledger = new HashMap<>(LEDGER);
        ledger.remove("opened");
        assertThat(Totals.of(ledger, closing("{\"total_sales\": 1800, \"total_items\": 6}"), null).state()).isEqualTo(Totals.State.UNKNOWN);
    }

    @Test
    void areUnknownWhereRedisLostDataAfterTheSessionWasOpened() throws Exception {
        Closing closing = closing("{\"total_sales\": 1800, \"total_items\": 6}");
        assertThat(Totals.of(LEDGER, closing, Instant.ofEpochMilli(2)).state()).isEqualTo(Totals.State.UNKNOWN);
        assertThat(Totals.of(LEDGER, closing, Instant.ofEpochMilli(0)).state()).isEqualTo(Totals.State.DIFFERENT);
    }

    @Test
    void theTillsDifferenceIsWhatIsInItBesideWhatShouldBe() throws Exception {
        assertThat(closing("{\"closing_amount\": 5000, \"actual_amount\": 4950}").difference()).contains(-50L);
        assertThat(closing("{\"closing_amount\": 5000}").difference()).isEmpty();
        assertThat(closing("{\"closing_amount\": 5000, \"actual_amount\": 49.5}").difference()).isEmpty();
    }

    private static Closing closing(String json) throws Exception {
        return EntryReader.content(Map.of("payload", json.getBytes(StandardCharsets.UTF_8))).map(Closing::of).orElse(Closing.UNKNOWN);
    }
}
