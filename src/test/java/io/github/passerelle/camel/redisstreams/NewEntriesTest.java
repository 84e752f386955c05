package io.github.passerelle.camel.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class NewEntriesTest extends StreamTest {

    private final Backlog backlog = new Backlog();

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
        Queue<CompletableFuture<Boolean>> told = new ArrayDeque<>(List.of(new CompletableFuture<>(), new CompletableFuture<>()));
        CompletableFuture<Boolean> first = told.peek();
        NewEntries entries = newEntries(60_000, () -> told.remove().complete(backlog.hasFresh()));
        entries.read(10);
        assertThat(first.get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(entries.isProven()).isFalse();
        entries.check();
        assertThat(entries.isProven()).isTrue();
        CompletableFuture<Boolean> second = told.peek();
        entries.read(10);
        add(1);
        assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
    }

    private NewEntries newEntries(long block, Runnable onDone) throws InterruptedException {
        RedisStreamsConfiguration configuration = new RedisStreamsConfiguration();
        configuration.setUrl(server.url());
        configuration.setStream(stream);
        configuration.setGroup("g");
        configuration.setBlock(block);
        RedissonClients clients = closing(new RedissonClients());
        RedisStream redisStream = new RedisStream(clients.get(configuration, null), configuration);
        redisStream.createGroup();
        return new NewEntries(redisStream, configuration, backlog, Time.system(), onDone);
    }
}
