package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Ids of one's own, and how much of a stream is kept. */
class AddOptionsTest extends WritingTest {

    @Test
    void keepsAllByDefault() {
        add(300);
        add("");
        assertThat(redis.xlen(stream)).isEqualTo(301);
    }

    @Test
    void keepsAsManyAsAreAskedForOrSomeMore() {
        add(1_000);
        add("?maxLen=10");
        assertThat(redis.xlen(stream)).isBetween(11L, 200L);
        add("?maxLen=10&exactTrim=true");
        assertThat(redis.xlen(stream)).isEqualTo(10);
    }

    @Test
    void keepsWhatIsNotOlderThanTheEntryThatIsNamed() {
        List<String> ids = add(1_000);
        template.sendBodyAndHeader("redis-streams:" + stream + "?minId=${header.oldest}", "x", "oldest", ids.get(990));
        assertThat(redis.xlen(stream)).isBetween(12L, 200L);
        assertThat(redis.entry(stream, ids.get(990))).isNotNull();
        add("?exactTrim=true&minId=" + ids.get(990));
        assertThat(redis.xlen(stream)).isEqualTo(12);
        assertThat(redis.entry(stream, ids.get(989))).isNull();
    }

    @Test
    void givesAnEntryTheIdThatIsAskedForAndNoOtherEntryTheSame() {
        assertThat(add("?entryId=5-7")).isEqualTo("5-7");
        assertThat(add("?entryId=6")).isEqualTo("6-0");
        String uri = "redis-streams:" + stream + "?entryId=${header.number}-0";
        template.sendBodyAndHeader(uri, "x", "number", 7);
        assertThat(redis.entry(stream, "7-0")).isNotNull();
        assertThatThrownBy(() -> template.sendBodyAndHeader(uri, "x", "number", 7)).rootCause()
                .isInstanceOf(RedisStreamsException.class).hasMessageContaining("equal or smaller");
        assertThatThrownBy(() -> template.sendBodyAndHeader(uri, "x", "number", "seven")).rootCause().isNotNull();
        assertThatThrownBy(() -> template.sendBodyAndHeader("redis-streams:" + stream + "?entryId=${header.number}", "x", "number", ""))
                .rootCause().hasMessageContaining("entryId");
        assertThat(redis.xlen(stream)).isEqualTo(3);
    }

    /** A route that copies what it reads would otherwise put the copy under the id of what it read, or fail to. */
    @Test
    void theIdOfTheEntryThatWasReadIsNotTheIdOfTheOneThatIsAdded() {
        Exchange answer = template.request("redis-streams:" + stream, exchange -> {
            exchange.getMessage().setBody("x");
            exchange.getMessage().setHeader(RedisStreamsConstants.ENTRY_ID, "5-7");
        });
        assertThat(answer.getMessage().getHeader(RedisStreamsConstants.ENTRY_ID)).isNotEqualTo("5-7");
        assertThat(redis.entry(stream, "5-7")).isNull();
    }

    @Test
    void refusesOptionsThatContradictEachOther() {
        assertThatThrownBy(() -> add("?maxLen=5&minId=1-0")).rootCause().hasMessageContaining("maxLen and minId");
        assertThatThrownBy(() -> add("?maxLen=-1")).rootCause().hasMessageContaining("maxLen is -1");
    }

    private String add(String options) {
        Exchange answer = template.request("redis-streams:" + stream + options, exchange -> exchange.getMessage().setBody("x"));
        if (answer.getException() != null) {
            throw CamelExecutionException.wrapCamelExecutionException(answer, answer.getException());
        }
        return answer.getMessage().getHeader(RedisStreamsConstants.ENTRY_ID, String.class);
    }
}
