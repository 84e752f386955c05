package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;

/** What Redis refuses for good: one line that says what to do, and none that tells a password or a value. */
class RefusalTest extends StreamTest {

    @Test
    void aKeyOfAnotherType() throws Exception {
        redis.command("SET", stream, "no stream");
        try (LogLines log = new LogLines()) {
            StreamApp app = start(StreamApp::acknowledge);
            until("it is told", () -> !trouble(log).isEmpty());
            redis.command("DEL", stream);
            String id = redis.xadd(stream, "n", "1");
            until("the entry, once the key is free", () -> app.ids().contains(id));
            assertThat(trouble(log)).containsExactly(line(server, "the key '" + stream
                                                                  + "' holds no stream but another type of value: choose another key, or rename that one (WRONGTYPE)"));
        }
    }

    @Test
    void aWrongPasswordAndAMissingOne() throws Exception {
        try (RedisServer guarded = RedisServer.start("--requirepass", "right")) {
            assertRefused(guarded, "&password=wr0ng",
                    "Redis does not accept the password of user 'default': check user and password (WRONGPASS)");
            assertRefused(guarded, "&username=bob&password=wr0ng",
                    "Redis does not accept the password of user 'bob': check user and password (WRONGPASS)");
            assertRefused(guarded, "", "Redis wants a password for user 'default' and was given none: set it (NOAUTH)");
        }
    }

    @Test
    void aPasswordThatNobodyAskedFor() throws Exception {
        assertRefused(server, "&password=wr0ng",
                "Redis has no password for user 'default' but was given one: leave it out, or set one in Redis");
    }

    @Test
    void aUserWhoMayNot() throws Exception {
        try (RedisServer guarded = RedisServer.start(); Redis admin = guarded.connect()) {
            admin.command("ACL", "SETUSER", "bob", "on", ">wr0ng", "~*", "+@connection");
            assertRefused(guarded, "&username=bob&password=wr0ng", "Redis does not allow user 'bob' what is needed: extend its permissions,"
                                                                   + " see ACL SETUSER (NOPERM this user has no permissions to run the 'evalsha' command)");
        }
    }

    @Test
    void aServerThatDoesNotKnowACommand() throws Exception {
        try (RedisServer old = RedisServer.start("--rename-command", "XGROUP", "")) {
            assertRefused(old, "", "this Redis lacks a command, or a form of one, that is needed: Redis 6.2 or newer, with no command renamed, will do");
        }
    }

    @Test
    void aServerThatDoesNotKnowACommandWithinAScript() throws Exception {
        try (RedisServer old = RedisServer.start("--rename-command", "XCLAIM", ""); Redis raw = old.connect()) {
            raw.xadd(stream, "n", "1");
            raw.command("XGROUP", "CREATE", stream, StreamApp.GROUP, "0");
            raw.command("XREADGROUP", "GROUP", StreamApp.GROUP, "worker-1", "STREAMS", stream, ">");
            assertRefused(old, "&adopt=true",
                    "this Redis lacks a command, or a form of one, that is needed: Redis 6.2 or newer, with no command renamed, will do");
        }
    }

    /** Redis repeats the arguments of a command that it does not know. */
    @Test
    void aProducerIsToldTheSameWithoutWhatItWantedToAdd() throws Exception {
        try (RedisServer old = RedisServer.start("--rename-command", "XADD", "")) {
            StreamApp app = closing(StreamApp.producer(old.url()));
            assertThatThrownBy(() -> app.context().createProducerTemplate().sendBody("redis-streams:" + stream, "a private note"))
                    .rootCause().isInstanceOf(RedisStreamsException.class).hasMessageContaining("Redis 6.2")
                    .hasMessageNotContaining("private").hasNoCause();
        }
    }

    @Test
    void whatNeedsNoExplanationStaysAsItIs() {
        assertThat(Refusal.explain("LOADING Redis is loading the dataset in memory", "s", null))
                .isEqualTo("LOADING Redis is loading the dataset in memory");
        assertThat(Refusal.explain("Connection refused", "s", null)).isEqualTo("Connection refused");
    }

    @Test
    void aReplicaAndARedisBefore62() {
        assertThat(Refusal.explain("READONLY You can't write against a read only replica.", "s", null)).contains("primary");
        assertThat(Refusal.explain("ERR Invalid stream ID specified as stream command argument", "s", null)).contains("6.2");
    }

    private void assertRefused(RedisServer where, String options, String reason) throws Exception {
        String url = "redis://127.0.0.1:" + where.port();
        try (LogLines log = new LogLines(); StreamApp app = StreamApp.start(url, stream, options, StreamApp::acknowledge)) {
            until("it is told", () -> reason.equals(app.consumer().status().error()));
            assertThat(trouble(log)).containsExactly(line(where, reason));
            assertThat(log.all()).noneMatch(line -> line.contains("wr0ng"));
        }
    }

    private String line(RedisServer where, String reason) {
        return "WARN Cannot read stream " + stream + " at redis://127.0.0.1:" + where.port() + ", will try again until it works: " + reason;
    }

    private static List<String> trouble(LogLines log) {
        return log.all().filter(line -> line.startsWith("WARN") || line.startsWith("ERROR")).toList();
    }
}
