package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Redis;

class NewEntriesTest extends StreamTest {

    private volatile EntryId known = EntryId.MIN;

    /** Whoever is woken too early goes back to sleep, and a sale waits although nothing is in its way. */
    @RepeatedTest(20)
    void aReadThatBringsNothingIsOverWhenItSaysSo() throws Exception {
        CompletableFuture<Boolean> overWhenTold = new CompletableFuture<>();
        NewEntries[] entries = new NewEntries[1];
        entries[0] = newEntries(20, () -> {
            entries[0].check();
            overWhenTold.complete(entries[0].deadline() == Long.MAX_VALUE);
        });
        entries[0].read(10);
        assertThat(overWhenTold.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theFirstReadDoesNotWaitAndTheNextOneBringsWhatComes() throws Exception {
        Semaphore done = new Semaphore(0);
        NewEntries entries = newEntries(60_000, done::release);
        entries.read(10);
        assertThat(done.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        assertThat(entries.isProven()).isFalse();
        assertThat(entries.check()).isEmpty();
        assertThat(entries.isProven()).isTrue();
        entries.read(10);
        String added = add(1).get(0);
        assertThat(ended(entries, done)).extracting(entry -> entry.id().toString()).containsExactly(added);
        assertThat(entries.hasMissed()).isFalse();
    }

    /** As when the answer to the read before this one was lost. */
    @Test
    void noticesWhatWasHandedOutBeforeAndNobodyKnowsOf() throws Exception {
        Semaphore done = new Semaphore(0);
        NewEntries entries = newEntries(60_000, done::release);
        List<String> ids = add(2);
        redis.command("XREADGROUP", "GROUP", "g", "camel", "COUNT", "1", "STREAMS", stream, ">");
        entries.read(10);
        assertThat(ended(entries, done)).extracting(entry -> entry.id().toString()).containsExactly(ids.get(1));
        assertThat(entries.hasMissed()).isTrue();
        known = EntryId.parse(ids.get(1));
        String added = add(1).get(0);
        entries.read(10);
        assertThat(ended(entries, done)).extracting(entry -> entry.id().toString()).containsExactly(added);
        assertThat(entries.hasMissed()).isFalse();
    }

    /** Only after a read that brought all that it asked for, and up to the bytes that may be held. */
    @Test
    void whereMoreAreThereAsManyAreReadAsMayGoAtTheSameTime() throws Exception {
        Semaphore done = new Semaphore(0);
        NewEntries entries = newEntries(60_000, done::release);
        List<String> ids = add(20);
        List<Integer> sizes = new ArrayList<>();
        List<String> read = new ArrayList<>();
        for (long bytes : new long[] {1_000, 1_000, 3}) {
            entries.readAhead(bytes);
            List<Entry> some = ended(entries, done);
            assertThat(entries.hasMissed()).isFalse();
            sizes.add(some.size());
            some.forEach(entry -> read.add(entry.id().toString()));
            known = some.get(some.size() - 1).id();
            assertThat(some.get(0).fields().get("n")).asString().isEqualTo(String.valueOf(ids.indexOf(some.get(0).id().toString())));
        }
        assertThat(sizes).as("the names count as well").containsExactly(2, 8, 2);
        assertThat(read).isEqualTo(ids.subList(0, 12));
        assertThat(redis.xpending(stream, "g")).isEqualTo(read);
    }

    @Test
    void manyAreReadFromARedisThatIsFull() throws Exception {
        Semaphore done = new Semaphore(0);
        NewEntries entries = newEntries(60_000, done::release);
        List<String> ids = add(10);
        redis.command("CONFIG", "SET", "maxmemory", "1");
        try {
            for (List<String> expected : List.of(ids.subList(0, 2), ids.subList(2, 10))) {
                entries.readAhead(1_000);
                assertThat(ended(entries, done)).extracting(entry -> entry.id().toString()).isEqualTo(expected);
            }
        } finally {
            redis.command("CONFIG", "SET", "maxmemory", "0");
        }
    }

    @Test
    void whatNobodyKnowsOfIsNoticedWhenManyAreRead() throws Exception {
        Semaphore done = new Semaphore(0);
        NewEntries entries = newEntries(60_000, done::release);
        List<String> ids = add(4);
        entries.readAhead(1_000);
        assertThat(ended(entries, done)).hasSize(2);
        known = EntryId.parse(ids.get(1));
        redis.command("XREADGROUP", "GROUP", "g", "camel", "COUNT", "1", "STREAMS", stream, ">");
        entries.readAhead(1_000);
        assertThat(ended(entries, done)).extracting(entry -> entry.id().toString()).containsExactly(ids.get(3));
        assertThat(entries.hasMissed()).isTrue();
    }

    @Test
    void aGroupThatVanishedIsNamedWhenManyAreRead() throws Exception {
        Semaphore done = new Semaphore(0);
        NewEntries entries = newEntries(60_000, done::release);
        add(4);
        entries.readAhead(1_000);
        assertThat(ended(entries, done)).hasSize(2);
        redis.command("XGROUP", "DESTROY", stream, "g");
        entries.readAhead(1_000);
        assertThat(done.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(entries::check).hasStackTraceContaining("NOGROUP");
    }

    /** Else Redis would give it the next entry, and nobody would know. */
    @Test
    void aReadThatIsGivenUpWaitsInRedisNoLonger() throws Exception {
        Semaphore done = new Semaphore(0);
        NewEntries entries = newEntries(60_000, done::release);
        entries.read(10);
        assertThat(done.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        entries.check();
        entries.read(10);
        until("it waits", () -> waiting() == 1);
        entries.giveUp();
        until("it does not wait any more", () -> waiting() == 0);
        assertThat(entries.isReading()).isFalse();
        String added = add(1).get(0);
        until("the next one reads it", () -> {
            entries.read(10);
            return entries.check().stream().anyMatch(entry -> entry.id().toString().equals(added));
        });
    }

    /** What the read that is under way brings. */
    private static List<Entry> ended(NewEntries entries, Semaphore done) throws InterruptedException {
        assertThat(done.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        return entries.check();
    }

    private long waiting() {
        return Redis.text(redis.command("INFO", "clients")).lines().filter(line -> line.startsWith("blocked_clients:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1))).sum();
    }

    private NewEntries newEntries(long block, Runnable onDone) throws InterruptedException {
        RedisStreamsConfiguration configuration = new RedisStreamsConfiguration();
        configuration.setUrl(server.url());
        configuration.setStream(stream);
        configuration.setGroup("g");
        configuration.setBlock(block);
        configuration.setCount(2);
        configuration.setConcurrentConsumers(8);
        RedissonClients clients = closing(new RedissonClients());
        RedisStream redisStream = new RedisStream(clients.get(configuration, null), configuration);
        redisStream.createGroup();
        return new NewEntries(redisStream, configuration, () -> Long.MAX_VALUE, Time.system(), () -> known, onDone);
    }
}
