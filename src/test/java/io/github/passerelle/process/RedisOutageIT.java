package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Health;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;

class RedisOutageIT extends ProcessTest {

    @Test
    void deliversEverySaleOnceWhenRedisIsKilledAndStartedAgainWhileTheyFlow() {
        List<Published> sales = till.publish(till.session(298));
        PasserelleProcess application = start();
        for (int sent = 50; sent <= 150; sent += 50) {
            paheko.awaitAccepted(sent);
            killRedis();
            redisServer.restart();
        }
        awaitAllAcknowledged();
        assertSentExactlyOnce(sales);
        assertThat(application.isAlive()).isTrue();
    }

    @Test
    void waitsForARedisThatIsAbsentAtTheStart() throws IOException {
        Published sale = till.publish(till.ticket());
        killRedis();
        PasserelleProcess application = start();
        Health health = application.awaitHealth("Redis is missed", answer -> answer.status() == 503);
        assertThat(health.text("status")).isEqualTo("error");
        assertThat(health.text("redis")).isEqualTo("error");
        assertThat(health.text("push_worker")).isEqualTo("error");
        assertThat(application.get("/observe/health/ready").statusCode()).isEqualTo(503);
        assertThat(application.get("/observe/health/live").statusCode()).isEqualTo(200);
        application.awaitLine(line -> line.contains("Cannot read stream"), STOP_LIMIT);
        assertThat(application.linesWith("Cannot read stream")).as("one line for it").hasSize(1);

        redisServer.restart();
        awaitAllAcknowledged();
        assertSentExactlyOnce(List.of(sale));
        application.awaitHealthy();
        assertThat(application.get("/observe/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void acknowledgesAgainAndDoesNotPostAgainWhenRedisIsKilledBeforeTheAcknowledgement() {
        Hold answer = paheko.holdAnswer();
        List<Published> sales = publishTickets(2);
        PasserelleProcess application = start();
        answer.awaitHeld();
        killRedis();
        answer.release();
        application.awaitLine(line -> line.contains("which will be repeated") && line.contains(sales.get(0).entryId()), STOP_LIMIT);
        redisServer.restart();
        awaitAllAcknowledged();
        assertSentExactlyOnce(sales);
    }

    @Test
    void answersHealthWhileRedisDoesNotAnswer() throws IOException {
        PasserelleProcess application = start();
        application.awaitHealthy();
        redisServer.pause();
        try {
            Health health = application.health();
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.text("redis")).isEqualTo("error");
            assertThat(application.get("/observe/health/live").statusCode()).isEqualTo(200);
        } finally {
            redisServer.resume();
        }
        application.awaitHealthy();
        Published sale = till.publish(till.ticket());
        awaitAllAcknowledged();
        assertSentExactlyOnce(List.of(sale));
    }
}
