package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void countsLinesAndCentsAndWhatWasPaidByEachMethod() throws Exception {
        assertThat(of("""
                {"total_amount": 1750, "items": [{"quantity": 3}, {"quantity": 1}],
                 "payments": [{"payment_method": "especes", "amount": 1000}, {"payment_method": "cb", "amount": 500},
                              {"payment_method": "especes", "amount": 250}]}"""))
                .contains(new Amounts(2, 1_750, Map.of("especes", 1_250L, "cb", 500L)));
    }

    @Test
    void aFreeTicketHasAmounts() throws Exception {
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
    void whatIsNoWholeNumberOfCentsIsUnknown(String ticket) throws Exception {
        assertThat(of(ticket)).isEmpty();
    }

    private static Optional<Amounts> of(String ticket) throws JsonProcessingException {
        JsonNode json = JSON.readTree(ticket);
        return Amounts.of(json);
    }
}
