package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Redis;

class GroupStartTest extends StreamTest {

    @Test
    void atTheOldestEntryUnlessToldOtherwise() throws Exception {
        assertThat(handedOut("")).isEqualTo(List.of(0, 1, 2, 3, 4));
    }

    @Test
    void afterTheEntryThatIsNamed() throws Exception {
        List<String> ids = add(4);
        StreamApp app = start("&groupStart=" + ids.get(1), StreamApp::acknowledge);
        String later = redis.xadd(stream, "n", "later");
        until("what came later", () -> app.ids().contains(later));
        assertThat(app.ids()).containsExactly(ids.get(2), ids.get(3), later);
    }

    @Test
    void afterAllThatIsThere() throws Exception {
        assertThat(handedOut("&groupStart=$")).isEqualTo(List.of(4));
    }

    @Test
    void ofAStreamThatIsNotThereYet() throws Exception {
        StreamApp app = start("&groupStart=$", StreamApp::acknowledge);
        until("it reads", () -> app.consumer().status().connected());
        String id = redis.xadd(stream, "n", "1");
        until("the entry", () -> app.ids().contains(id));
    }

    /** Whoever adds while the group is gone must not be skipped, whatever the newest entry is by then. */
    @Test
    void aGroupThatIsMadeAnewDoesNotSkipWhatCameMeanwhile() throws Exception {
        List<String> old = add(3);
        StreamApp app = start("&groupStart=$", StreamApp::acknowledge);
        until("it reads", () -> app.consumer().status().connected());
        String meanwhile = Redis.text(redis.command("EVAL", """
                redis.call('XGROUP', 'DESTROY', KEYS[1], ARGV[1])
                return redis.call('XADD', KEYS[1], '*', 'n', '1')""", 1, stream, StreamApp.GROUP));
        until("the entry", () -> app.ids().contains(meanwhile));
        assertThat(app.ids()).doesNotContainAnyElementsOf(old);
    }

    @Test
    void anythingElseIsAnErrorAtStart() {
        for (String wrong : List.of("tomorrow", "%3E", "-", "")) {
            assertThatThrownBy(() -> start("&groupStart=" + wrong, StreamApp::acknowledge)).rootCause().isNotNull();
        }
        assertThatThrownBy(() -> start("&groupStart=tomorrow", StreamApp::acknowledge)).hasStackTraceContaining("groupStart is 'tomorrow'");
    }

    /** Which of four entries that were there and one that came later were handed out. */
    private List<Integer> handedOut(String options) throws Exception {
        List<String> ids = new ArrayList<>(add(4));
        StreamApp app = start(options, StreamApp::acknowledge);
        until("it reads", () -> app.consumer().status().connected());
        ids.add(redis.xadd(stream, "n", "later"));
        until("what came later", () -> app.ids().contains(ids.get(4)));
        return app.ids().stream().map(ids::indexOf).toList();
    }
}
