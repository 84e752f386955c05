package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

    @Test
    void countsLinesAndCentsAndWhatWasPaidByEachMethod() {
        assertThat(of("""
                {"total_amount": 1750, "items": [{"quantity": 3}, {"quantity": 1}],
                 "payments": [{"payment_method": "especes", "amount": 1000}, {"payment_method": "cb", "amount": 500},
                              {"payment_method": "especes", "amount": 250}]}"""))
                .contains(new Amounts(2, 1_750, Map.of("especes", 1_250L, "cb", 500L)));
    }

    @Test
    void aFreeTicketHasAmounts() {
        assertThat(of("{\"total_amount\": 0, \"items\": [], \"payments\": []}")).contains(new Amounts(0, 0, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{}",
            "[]",
            "null",
            "{\"total_amount\": 12.5, \"items\": [], \"payments\": []}",
            "{\"total_amount\": 12.0, \"items\": [], \"payments\": []}",
            "{\"total_amount\": \"1250\", \"items\": [], \"payments\": []}",
            "{\"total_amount\": null, \"items\": [], \"payments\": []}",
            "{\"total_amount\": 1e3, \"items\": [], \"payments\": []}",
            "{\"total_amount\": 99999999999999999999, \"items\": [], \"payments\": []}",
            "{\"total_amount\": -9223372036854775808, \"items\": [], \"payments\": []}",
            "{\"total_amount\": 1000000000000, \"items\": [], \"payments\": []}",
            "{\"total_amount\": 1250, \"payments\": []}",
            "{\"total_amount\": 1250, \"items\": {}, \"payments\": []}",
            "{\"total_amount\": 1250, \"items\": []}",
            "{\"total_amount\": 1250, \"items\": [], \"payments\": [{\"payment_method\": \"cb\"}]}",
            "{\"total_amount\": 1250, \"items\": [], \"payments\": [{\"payment_method\": \"cb\", \"amount\": 12.5}]}",
            "{\"total_amount\": 1250, \"items\": [], \"payments\": [{\"amount\": 1250}]}",
            "{\"total_amount\": 1250, \"items\": [], \"payments\": [{\"payment_method\": \"a b\", \"amount\": 1250}]}",
            "{\"total_amount\": 1250, \"items\": [], \"payments\": [7]}" })
    void whatIsNoWholeNumberOfCentsIsUnknown(String ticket) {
        assertThat(of(ticket)).isEmpty();
    }

    private static Optional<Amounts> of(String ticket) {
        return EntryReader.content(Map.of("payload", ticket.getBytes(StandardCharsets.UTF_8))).flatMap(Amounts::of);
    }
}
