package io.github.passerelle.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class StockTest {

    private static final int EVENTS = 20_000;

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void everySaleIsAnotherOneAndEverySessionIsWhole() throws Exception {
        Stock stock = Stock.ofSessions(1);
        Map<String, List<String>> sessions = new HashMap<>();
        Set<String> sales = new HashSet<>();
        long tickets = 0;
        long bytes = 0;
        for (int i = 0; i < EVENTS; i++) {
            Object[] command = stock.nextKept();
            String type = (String) command[command.length - 3];
            byte[] payload = (byte[]) command[command.length - 1];
            JsonNode event = json.readTree(new String(payload, StandardCharsets.UTF_8));
            String session = event.path(type.equals("pos.ticket.created") ? "cash_session_id" : "session_id").textValue();
            sessions.computeIfAbsent(session, missing -> new ArrayList<>()).add(type);
            if (type.equals("pos.ticket.created")) {
                sales.add(event.path("sale_id").textValue());
                tickets++;
                bytes += payload.length;
            }
        }
        assertThat(sales).as("ids of tickets").hasSize((int) tickets);
        assertThat(bytes / tickets).isBetween(500L, 900L);
        assertThat(sessions.values()).allSatisfy(events -> {
            assertThat(events.get(0)).isEqualTo("pos.session.opened");
            assertThat(events.subList(0, events.size() - 1)).doesNotContain("pos.session.closed");
            assertThat(events.stream().filter("pos.session.opened"::equals)).hasSize(1);
        });
        assertThat(sessions.values()).anySatisfy(events -> assertThat(events).endsWith("pos.session.closed"));
    }
}
