package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.junit.jupiter.api.Test;

/** Which fields of an entry become headers, and which headers fields: only those that are asked for, and never Camel's own. */
class HeadersTest extends StreamTest {

    private static final String[] CAMELS_OWN = { "CamelHttpUri", "camelhttpuri", "CAMELFileName", "cAmElRedisStreamsEntryId",
            "CamelRedisStreamsRound", "org.apache.camel.Anything", "ORG.APACHE.CAMEL.anything" };

    private final List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();

    @Test
    void noFieldBecomesAHeaderUnlessItIsAskedFor() throws Exception {
        assertThat(read("", "n", "1", "Authorization", "x")).containsOnlyKeys(RedisStreamsConstants.ENTRY_ID,
                RedisStreamsConstants.STREAM, RedisStreamsConstants.GROUP, RedisStreamsConstants.ROUND, Exchange.MESSAGE_TIMESTAMP);
    }

    @Test
    void theFieldsThatAreListedBecomeHeadersAndNoOthers() throws Exception {
        Map<String, Object> found = read("&mapFields=a,%20b,absent", "a", "é", "b", "", "c", "3", "ab", "4");
        assertThat(found).containsEntry("a", "é").containsEntry("b", "").doesNotContainKeys("c", "ab", "absent");
    }

    @Test
    void aStarMeansAll() throws Exception {
        assertThat(read("&mapFields=*", "a", "1", "b", "2")).containsEntry("a", "1").containsEntry("b", "2");
    }

    @Test
    void whatCamelActsUponIsNeverSetByAnEntry() throws Exception {
        for (String mapFields : List.of("*", String.join(",", CAMELS_OWN))) {
            Object[] fields = new Object[2 * CAMELS_OWN.length + 2];
            for (int i = 0; i < CAMELS_OWN.length; i++) {
                fields[2 * i] = CAMELS_OWN[i];
                fields[2 * i + 1] = "evil";
            }
            fields[fields.length - 2] = "n";
            fields[fields.length - 1] = "1";
            assertThat(read("&mapFields=" + mapFields, fields)).doesNotContainValue("evil")
                    .containsKeys(RedisStreamsConstants.ENTRY_ID, RedisStreamsConstants.ROUND);
        }
    }

    @Test
    void theBodyKeepsAllFields() throws Exception {
        StreamApp app = start("&mapFields=a", StreamApp::acknowledge);
        redis.xadd(stream, "a", "1", "CamelHttpUri", "2");
        until("the entry", () -> app.handed().size() == 1);
        assertThat(app.handed().get(0).fields()).containsOnlyKeys("a", "CamelHttpUri");
    }

    @Test
    void noHeaderBecomesAFieldUnlessItIsAskedFor() throws Exception {
        Map<String, Object> sent = Map.of("a", "1", "b", 2, "c", true);
        assertThat(write("", "text", sent)).containsOnlyKeys("body");
        assertThat(write("?mapHeaders=a,b,absent", "text", sent)).containsOnlyKeys("body", "a", "b");
        Map<String, byte[]> all = write("?mapHeaders=*", "text", sent);
        assertThat(all).containsOnlyKeys("body", "a", "b", "c");
        assertThat(all.get("b")).isEqualTo(new byte[] { '2' });
        assertThat(new String(all.get("c"))).isEqualTo("true");
    }

    @Test
    void camelsOwnHeadersNeverBecomeFields() throws Exception {
        Map<String, Object> sent = new HashMap<>();
        for (String name : CAMELS_OWN) {
            sent.put(name, "own");
        }
        assertThat(write("?mapHeaders=*", "text", sent)).containsOnlyKeys("body");
        assertThat(write("?mapHeaders=" + String.join(",", CAMELS_OWN), "text", sent)).containsOnlyKeys("body");
    }

    @Test
    void theBodyHasPrecedenceOverAHeader() throws Exception {
        assertThat(write("?mapHeaders=*", Map.of("a", "body"), Map.of("a", "header"))).containsOnlyKeys("a")
                .containsEntry("a", new byte[] { 'b', 'o', 'd', 'y' });
        assertThat(write("?mapHeaders=body", "text", Map.of("body", "header"))).containsEntry("body", new byte[] { 't', 'e', 'x', 't' });
    }

    @Test
    void aHeaderThatCannotBeWrittenIsAnError() {
        assertThatThrownBy(() -> write("?mapHeaders=*", "text", Map.of("a", new Object()))).isInstanceOf(CamelExecutionException.class);
        assertThat(redis.xlen(stream)).isZero();
    }

    @Test
    void aStrategyOfOnesOwnDecidesBothWays() throws Exception {
        DefaultHeaderFilterStrategy noSecrets = new RedisStreamsHeaderFilterStrategy();
        noSecrets.setInFilter("secret");
        noSecrets.setOutFilter("secret");
        StreamApp app = closing(StreamApp.producer(server.url()));
        app.context().getRegistry().bind("noSecrets", noSecrets);
        Map<String, Object> sent = Map.of("Secret", "x", "a", "1");
        assertThat(write(app, "?mapHeaders=*&headerFilterStrategy=#noSecrets", "text", sent)).containsOnlyKeys("body", "a");
        RedisStreamsEndpoint endpoint
                = app.context().getEndpoint("redis-streams:s?headerFilterStrategy=#noSecrets", RedisStreamsEndpoint.class);
        assertThat(endpoint.getHeaderFilterStrategy()).isSameAs(noSecrets);
    }

    private Map<String, Object> read(String options, Object... fields) throws Exception {
        int before = headers.size();
        try (StreamApp app = StreamApp.start(server.url(), stream, options, exchange -> {
            headers.add(new HashMap<>(exchange.getMessage().getHeaders()));
            StreamApp.acknowledge(exchange);
        })) {
            redis.xadd(stream, fields);
            until("the entry", () -> headers.size() > before);
        }
        return headers.get(before);
    }

    private Map<String, byte[]> write(String options, Object body, Map<String, Object> sent) throws Exception {
        return write(closing(StreamApp.producer(server.url())), options, body, sent);
    }

    private Map<String, byte[]> write(StreamApp app, String options, Object body, Map<String, Object> sent) {
        Exchange answer = app.context().createProducerTemplate().request("redis-streams:" + stream + options, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(sent));
        });
        if (answer.getException() != null) {
            throw CamelExecutionException.wrapCamelExecutionException(answer, answer.getException());
        }
        return redis.entry(stream, answer.getMessage().getHeader(RedisStreamsConstants.ENTRY_ID, String.class));
    }
}
