package io.github.passerelle.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.RedisServer;
import io.github.passerelle.fixture.Till;

/** The gate stops where it is told to, and nowhere else. */
class RedisGateTest {

    private static final String COUNTED = "{" + Till.STREAM + "}:counted:" + Till.GROUP;
    // stands for the application's own: the same keys and arguments
    private static final String ACKNOWLEDGE = "local function ack(id) return redis.call('XACK', KEYS[1], ARGV[1], id) end "
            + "local entries = cjson.decode(ARGV[3]) return {ack(entries[1][1]), ack(entries[2][1])}";

    private static final Duration SOON = Duration.ofSeconds(10);

    private final RedisServer server = RedisServer.embedded();
    private final RedisGate gate = new RedisGate(server.port());
    private final Redis direct = server.connect();
    private final Redis through = Redis.connect("redis://127.0.0.1:" + gate.port());

    @BeforeEach
    void createGroup() {
        direct.command("XGROUP", "CREATE", Till.STREAM, Till.GROUP, "0", "MKSTREAM");
    }

    @AfterEach
    void close() {
        through.close();
        direct.close();
        gate.close();
        server.close();
    }

    private String add() {
        return direct.xadd(Till.STREAM, "payload", new byte[] { 0, '\r', '\n', -1 });
    }

    private Object read() {
        return through.command("XREADGROUP", "GROUP", Till.GROUP, "me", "COUNT", "1", "STREAMS", Till.STREAM, ">");
    }

    private Object acknowledge(String first, String second) {
        String entries = "[[\"" + first + "\",\"session:1\",\"key\",false,[[\"session:1\",400,{\"cents\":5},{\"totals\":\"equal\"}]]],[\"" + second
                + "\",\"\",\"\",false,[]]]";
        return through.command("EVAL", ACKNOWLEDGE, "5", Till.STREAM, "due", "quarantine", "closed", COUNTED, Till.GROUP, COUNTED + ":", entries);
    }

    @Test
    void whatIsNotStoppedPassesAsItIs() {
        String id = add();
        assertThat(through.entry(Till.STREAM, id)).containsEntry("payload", new byte[] { 0, '\r', '\n', -1 });
        assertThat(through.command("GET", "missing")).isNull();
        assertThatThrownBy(() -> through.command("NONSENSE")).isInstanceOf(Redis.RedisError.class);
    }

    @Test
    void aReadThatIsCutBeforeRedisLeavesTheEntryUnread() {
        add();
        Stop stop = gate.stopAt(Point.READ_ASKED, 0);
        CompletableFuture<Object> read = CompletableFuture.supplyAsync(this::read);
        stop.awaitReached();
        assertThat(direct.xpending(Till.STREAM, Till.GROUP)).isEmpty();
        stop.cut();
        assertThat(read).failsWithin(SOON);
        assertThat(direct.xpending(Till.STREAM, Till.GROUP)).isEmpty();
    }

    @Test
    void aReadWhoseAnswerIsCutLeavesTheEntryPending() {
        add();
        String second = add();
        Stop stop = gate.stopAt(Point.READ_ANSWERED, 1);
        read();
        CompletableFuture<Object> read = CompletableFuture.supplyAsync(this::read);
        stop.awaitReached();
        stop.cut();
        assertThat(read).failsWithin(SOON);
        assertThat(direct.xpending(Till.STREAM, Till.GROUP)).hasSize(2).endsWith(second);
    }

    @Test
    void aScriptThatReadsManyIsRecognised() {
        Stop stop = gate.stopAt(Point.READ_ANSWERED, 0);
        assertThat(readMany("return {''}")).as("it brought nothing").asList().hasSize(1);
        CompletableFuture<Object> read = CompletableFuture.supplyAsync(() -> readMany("return {'', '1-1', '0'}"));
        stop.awaitReached();
        stop.cut();
        assertThat(read).failsWithin(SOON);
    }

    private Object readMany(String script) {
        return through.command("EVAL", script, "1", Till.STREAM, Till.GROUP, "me", "4", "64", "1000", "0-0");
    }

    @Test
    void anAcknowledgementIsRecognisedAndNoted() {
        String first = add();
        String second = add();
        read();
        acknowledge(first, second);
        assertThat(gate.acknowledgements().all()).as("the second one was not read").containsExactly(first);
        gate.acknowledgements().forget(gate.acknowledgements().all());
        assertThat(gate.acknowledgements().all()).isEmpty();
    }

    @Test
    void anAcknowledgementCanBeCutBeforeAndAfterRedis() {
        String first = add();
        read();
        Stop before = gate.stopAt(Point.ACK_ASKED, 0);
        CompletableFuture<Object> lost = CompletableFuture.supplyAsync(() -> acknowledge(first, first));
        before.awaitReached();
        before.cut();
        assertThat(lost).failsWithin(SOON);
        assertThat(direct.xpending(Till.STREAM, Till.GROUP)).containsExactly(first);

        Stop after = gate.stopAt(Point.ACK_ANSWERED, 0);
        CompletableFuture<Object> unheard = CompletableFuture.supplyAsync(() -> acknowledge(first, first));
        after.awaitReached();
        after.cut();
        assertThat(unheard).failsWithin(SOON);
        assertThat(direct.xpending(Till.STREAM, Till.GROUP)).isEmpty();
        assertThat(gate.acknowledgements().all()).isEmpty();
    }

    @Test
    void nobodyGetsThroughWhileItIsShut() {
        through.command("PING");
        gate.shut();
        assertThatThrownBy(() -> through.command("PING")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> through.command("PING")).isInstanceOf(UncheckedIOException.class);
        gate.open();
        assertThat(through.command("PING")).isEqualTo("PONG");
    }
}
