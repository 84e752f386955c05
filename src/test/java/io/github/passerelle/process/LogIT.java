package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Answer;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.SaleEvent;

class LogIT extends ProcessTest {

    private static final String NOTE = "Mme Dupont, 06 12 34 56 78";

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Test
    void tellsEachTryAndEachOutcomeInJsonLinesAndNothingOfTheContent() throws JsonProcessingException {
        Published delivered = till.publish(withNote(till.ticket()));
        Published refused = till.publish(withNote(till.ticket()));
        Published pending = till.publish(withNote(till.ticket()));
        paheko.when(of(delivered), 1, Behaviour.answer(503))
                .when(of(refused), Behaviour.answer(Answer.error(422, "Note refusée : " + NOTE)))
                .when(of(pending), Behaviour.answer(500));
        PasserelleProcess application = start(application().errorsApart().environment("PAHEKO_PUSH_MAX_RETRIES", 1));
        application.awaitLine(line -> line.contains("next round in") && line.contains(pending.entryId()), STOP_LIMIT);
        application.awaitLine(line -> line.contains("Delivered to Paheko") && line.contains(delivered.entryId()), STOP_LIMIT);
        application.awaitLine(line -> line.contains("quarantined") && line.contains(refused.entryId()), STOP_LIMIT);
        application.awaitHealthy();
        stop(application);

        assertThat(application.errorLines()).isEmpty();
        assertThat(application.lines()).noneMatch(line -> line.contains("Dupont") || line.contains("payment_method"));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : application.lines()) {
            JsonNode parsed = json.readTree(line);
            assertThat(parsed.isObject() && parsed.hasNonNull("time") && parsed.hasNonNull("level") && parsed.hasNonNull("message"))
                    .as(line).isTrue();
            lines.add(parsed);
        }
        assertThat(tries(lines, delivered)).containsExactly("WARN 1 failed paheko_5xx 503", "INFO 2 delivered - -");
        assertThat(tries(lines, refused)).containsExactly("WARN 1 failed rejected 422", "ERROR 1 quarantined rejected -");
        assertThat(tries(lines, pending)).containsExactly("WARN 1 failed paheko_5xx 500", "WARN 2 failed paheko_5xx 500",
                "ERROR 2 pending paheko_5xx -");
        assertThat(lines).filteredOn(line -> line.toString().contains(pending.entryId()))
                .allMatch(line -> line.path("correlation_id").asText().equals(pending.entryId()));
    }

    private static Predicate<Received> of(Published sale) {
        return request -> request.key().equals(sale.key());
    }

    @Test
    void isReadableAsText() {
        ZonedDateTime before = ZonedDateTime.now(ZoneId.of("Europe/Paris"));
        Published sale = till.publish(till.ticket());
        PasserelleProcess application = start(application().errorsApart().environment("PASSERELLE_LOG_FORMAT", "text"));
        String line = application.awaitLine(text -> text.contains("Delivered to Paheko"), STOP_LIMIT);
        assertThat(line).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  Delivered to Paheko .*").contains("correlation_id=" + sale.entryId(),
                "event=pos.ticket.created", "try=1", "outcome=delivered");
        assertThat(Integer.parseInt(line.substring(0, 2))).isIn(before.getHour(), ZonedDateTime.now(before.getZone()).getHour());
        stop(application);
        assertThat(application.errorLines()).isEmpty();
        assertThat(application.lines()).noneMatch(text -> text.startsWith("{"));
    }

    /** The lines about one entry's tries: level, try, outcome, cause, status. */
    private static List<String> tries(List<JsonNode> lines, Published sale) {
        List<String> found = new ArrayList<>();
        for (JsonNode line : lines) {
            if (line.has("outcome") && line.path("correlation_id").asText().equals(sale.entryId())) {
                assertThat(line.path("event").asText()).isEqualTo("pos.ticket.created");
                assertThat(sale.sale().payloadText()).contains("\"cash_session_id\": \"" + line.path("session").asText() + "\"");
                assertThat(line.path("duration_ms").isIntegralNumber()).as(line.toString()).isTrue();
                found.add(String.join(" ", line.path("level").asText(), line.path("try").asText(), line.path("outcome").asText(),
                        line.path("cause").asText("-"), line.path("status").asText("-")));
            }
        }
        return found;
    }

    private static SaleEvent withNote(SaleEvent ticket) {
        String payload = ticket.payloadText().replaceFirst("\"note\": (null|\"[^\"]*\")", "\"note\": \"" + NOTE + "\"");
        assertThat(payload).contains(NOTE);
        return new SaleEvent(ticket.type(), ticket.key(), ticket.amountCents(), ticket.label(), payload.getBytes(StandardCharsets.UTF_8));
    }
}
