package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.junit.jupiter.api.Test;

class ProducerTest extends WritingTest {

    @Test
    void addsAMapAsTheFieldsOfAnEntryInTheirOrder() {
        byte[] raw = { (byte) 0xFF, 0, (byte) 0xC3 };
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("z", "é");
        body.put("a", raw);
        body.put("number", 42);
        Map<String, byte[]> fields = redis.entry(stream, add("", body));
        assertThat(fields.keySet()).containsExactly("z", "a", "number");
        assertThat(fields.get("z")).isEqualTo("é".getBytes(StandardCharsets.UTF_8));
        assertThat(fields.get("a")).isEqualTo(raw);
        assertThat(fields.get("number")).isEqualTo("42".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void addsBytesAndTextAsTheOneFieldThatIsNamed() {
        byte[] raw = { (byte) 0xFF, 0, (byte) 0xC3 };
        assertThat(redis.entry(stream, add("", raw))).containsOnlyKeys("body").containsEntry("body", raw);
        Map<String, byte[]> named = redis.entry(stream, add("?bodyField=payload", "{\"a\": \"é\"}"));
        assertThat(named).containsOnlyKeys("payload");
        assertThat(named.get("payload")).isEqualTo("{\"a\": \"é\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesAMapWithoutFieldsAndAMissingBody() {
        assertThatThrownBy(() -> add("", Map.of())).isInstanceOf(CamelExecutionException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class).rootCause().hasMessageContaining("without fields");
        assertThatThrownBy(() -> add("", null)).isInstanceOf(CamelExecutionException.class);
        assertThat(redis.xlen(stream)).isZero();
    }

    @Test
    void acknowledgesTheEntryThatTheHeaderNames() {
        String id = add(1).get(0);
        readByAnEarlierProcess();
        assertThat(acknowledge(id)).isEqualTo(1L);
        assertThat(pending()).isEmpty();
        assertThat(acknowledge(id)).as("it is no longer pending").isEqualTo(0L);
        assertThat(acknowledge("1-1")).as("there is no such entry").isEqualTo(0L);
    }

    @Test
    void anAcknowledgementTakesTheRecordOfRoundsWithIt() {
        String id = add(1).get(0);
        readByAnEarlierProcess();
        redis.command("HSET", "{" + stream + "}:due", StreamApp.GROUP + " " + id, "3 1", "other " + id, "3 1");
        acknowledge(id);
        assertThat(dueRecords()).containsExactly("other " + id, "3 1");
    }

    @Test
    void refusesAnAcknowledgementThatNamesNoEntry() {
        assertThatThrownBy(() -> template.requestBody("redis-streams:" + stream + "?operation=ack&group=g", ""))
                .rootCause().hasMessageContaining(RedisStreamsConstants.ENTRY_ID);
        assertThatThrownBy(() -> acknowledge("yesterday")).rootCause().isNotNull();
    }

    @Test
    void acknowledgesFromTheRouteOfTheConsumerAndTellsTheCount() throws Exception {
        StringBuffer count = new StringBuffer();
        StreamApp reader = start(exchange -> {
            exchange.getContext().createProducerTemplate().send("redis-streams:" + stream + "?operation=ack&group=" + StreamApp.GROUP, exchange);
            count.append(exchange.getMessage().getHeader(RedisStreamsConstants.ACKNOWLEDGED, String.class));
        });
        String id = add(1).get(0);
        until("the acknowledgement", () -> reader.ids().contains(id) && pending().isEmpty());
        until("the count", () -> count.toString().equals("1"));
    }

    @Test
    void anErrorOfRedisIsOneLineWithoutTheCommand() {
        redis.command("SET", stream, "no stream");
        assertThatThrownBy(() -> add("", "secret body")).rootCause().isInstanceOf(RedisStreamsException.class)
                .hasMessageContaining(stream).hasMessageContaining("WRONGTYPE").hasMessageNotContainingAny("secret body", "XADD", "channel");
    }

    @Test
    void needsAStreamAndToAcknowledgeAGroup() {
        assertThatThrownBy(() -> app.context().getEndpoint("redis-streams:")).isInstanceOf(ResolveEndpointFailedException.class);
        assertThatThrownBy(() -> template.requestBody("redis-streams:s?operation=ack", "")).rootCause().hasMessageContaining("group");
    }

    private String add(String options, Object body) {
        Exchange answer = template.request("redis-streams:" + stream + options, exchange -> exchange.getMessage().setBody(body));
        if (answer.getException() != null) {
            throw CamelExecutionException.wrapCamelExecutionException(answer, answer.getException());
        }
        return answer.getMessage().getHeader(RedisStreamsConstants.ENTRY_ID, String.class);
    }

    private Object acknowledge(String id) {
        Exchange answer = template.request("redis-streams:" + stream + "?operation=ack&group=" + StreamApp.GROUP,
                exchange -> exchange.getMessage().setHeader(RedisStreamsConstants.ENTRY_ID, id));
        if (answer.getException() != null) {
            throw CamelExecutionException.wrapCamelExecutionException(answer, answer.getException());
        }
        return answer.getMessage().getHeader(RedisStreamsConstants.ACKNOWLEDGED);
    }
}
