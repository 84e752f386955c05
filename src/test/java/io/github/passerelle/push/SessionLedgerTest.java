package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.StreamEntry;

class SessionLedgerTest {

    private static final EntryId ID = EntryId.parse("1763640000000-0");

    @Test
    void whatWasNotCountedYetIsNothing() {
        SessionLedger ledger = SessionLedger.of(Map.of("opened", ID.toString()));
        assertThat(ledger.opened()).contains(ID);
        assertThat(ledger.tickets()).isZero();
        assertThat(ledger.cents()).isZero();
        assertThat(ledger.payments()).isEmpty();
        assertThat(ledger.type()).isNull();
        assertThat(ledger.isClosed()).isFalse();
        assertThat(ledger.expected()).isEmpty();
        assertThat(ledger.totalsAtClose()).isNull();
        assertThat(ledger.isEmpty()).isFalse();
        assertThat(SessionLedger.of(Map.of()).isEmpty()).isTrue();
    }

    @Test
    void theTotalsAreThoseOfNowAndThoseAtTheClose() {
        SessionLedger ledger = SessionLedger.of(Map.of("opened", ID.toString(), "closed", ID.toString(), "tickets", "2", "lines", "3", "cents", "800",
                "totals", "equal", "expectedCents", "500", "expectedLines", "2", "paid:cb", "300", "paid:especes", "500"));
        assertThat(ledger.totalsAtClose()).isEqualTo("equal");
        assertThat(ledger.totals(ledger.expected().orElseThrow(), null)).isEqualTo("different");
        assertThat(ledger.totals(new Expected(800L, 3L, null), null)).isEqualTo("equal");
        assertThat(ledger.totals(new Expected(800L, null, null), null)).isEqualTo("unknown");
        assertThat(ledger.payments()).containsExactly(Map.entry("cb", 300L), Map.entry("especes", 500L));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "x", "1.5", "99999999999999999999", " 1" })
    void whatWasDamagedIsNotKnown(String value) {
        SessionLedger ledger = SessionLedger.of(Map.of("opened", value, "closed", value, "tickets", value, "lines", value, "cents", value, "unknown",
                value, "paid:cb", value, "totals", value, "expectedCents", value));
        assertThat(ledger.opened()).isEmpty();
        assertThat(ledger.closed()).isEmpty();
        assertThat(ledger.isClosed()).as("that it was is still said").isTrue();
        assertThat(ledger.tickets()).isNull();
        assertThat(ledger.lines()).isNull();
        assertThat(ledger.cents()).isNull();
        assertThat(ledger.unreadable()).isNull();
        assertThat(ledger.payments()).containsEntry("cb", null);
        assertThat(ledger.totalsAtClose()).isEqualTo("unknown");
        assertThat(ledger.expected()).contains(new Expected(null, null, null));
    }

    @Test
    void theCloseItselfTellsWhatTheTillSays() {
        assertThat(expected("{\"total_sales\":500,\"total_items\":2,\"closing_amount\":700,\"actual_amount\":650}"))
                .isEqualTo(new Expected(500L, 2L, -50L));
        assertThat(expected("{\"total_sales\":5.00,\"total_items\":\"2\",\"closing_amount\":700}")).isEqualTo(new Expected(null, null, null));
        assertThat(expected("no json")).isEqualTo(new Expected(null, null, null));
        assertThat(expected("")).isEqualTo(new Expected(null, null, null));
    }

    private static Expected expected(String payload) {
        return Expected.of(new StreamEntry(ID, Map.of("payload", payload.getBytes(StandardCharsets.UTF_8))));
    }
}
