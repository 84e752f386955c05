package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.passerelle.fixture.Answer;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** Which answers are a delivery; one application for all of them. */
class AnswersTest extends ChannelTest {

    private static final String STREAM = "push:answers";

    private PasserelleApp app;
    private Till shared;

    @BeforeAll
    void startApplication() {
        stream = STREAM;
        shared = new Till(redis, STREAM, 4711);
        app = oneRound().start();
    }

    @BeforeEach
    void sharedStream() {
        stream = STREAM;
        till = shared;
    }

    @AfterEach
    void theConnectionIsFitForTheNextSale() {
        paheko.normal();
        Published next = publishTicket();
        until("the next sale is delivered", () -> acknowledged(next));
        assertThat(paheko.received(next.key())).hasSize(1);
    }

    @AfterAll
    void stopApplication() {
        app.close();
    }

    static Stream<Arguments> deliveries() {
        String json = "{\"status\": \"received\"}";
        return Stream.of(
                arguments("200 JSON", Behaviour.answer(200)),
                arguments("201 JSON", Behaviour.answer(201)),
                arguments("202", Behaviour.answer(202)),
                arguments("204", Behaviour.answer(Answer.of(204, null, ""))),
                arguments("299", Behaviour.answer(299)),
                arguments("no type, no body", Behaviour.answer(Answer.of(200, null, ""))),
                arguments("an empty 201 that PHP calls HTML", Behaviour.emptyCreated()),
                arguments("JSON that PHP calls HTML", Behaviour.answer(Answer.of(200, "text/html; charset=UTF-8", " \r\n" + json))),
                arguments("a body that breaks off", Behaviour.cutInBody()),
                arguments("encoded as nobody asked", Behaviour.answer(200, "application/json", json, Map.of("Content-Encoding", "gzip"))),
                arguments("encoded as nobody knows", Behaviour.answer(200, "application/json", json, Map.of("Content-Encoding", "zebra"))),
                arguments("an unknown character set", Behaviour.answer(200, "application/json; charset=x-klingon", json, Map.of())),
                arguments("an impossible character set", Behaviour.answer(200, "text/plain; charset=\"", json, Map.of())),
                arguments("a type that is none", Behaviour.answer(200, ";;/", json, Map.of())),
                arguments("headers of Camel's", Behaviour.answer(200, "application/json", json,
                        Map.of("CamelRedisStreamsEntryId", "1-1", "CamelHttpUri", "http://127.0.0.1:1/", "X-Paheko-Secret", "x"))),
                arguments("a cookie", Behaviour.answer(200, "application/json", json, Map.of("Set-Cookie", "a=b; Path=/"))),
                arguments("closed after the answer", Behaviour.answer(200, "application/json", json, Map.of("Connection", "close"))),
                arguments("a body until the end of the connection", raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + json)),
                arguments("nothing until the end of the connection", raw("HTTP/1.1 201 Created\r\nConnection: close\r\n\r\n")),
                arguments("HTTP 1.0", raw("HTTP/1.0 200 OK\r\n\r\n" + json)),
                arguments("bare line feeds", raw("HTTP/1.1 201 Created\nConnection: close\n\n")),
                arguments("chunks that break off", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\"")),
                arguments("chunks", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")),
                arguments("100 before it", raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}")),
                arguments("more bytes than it says", raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n" + json)),
                arguments("65536 bytes", Behaviour.hugeAnswer(65_536)),
                arguments("65537 bytes", Behaviour.hugeAnswer(65_537)),
                arguments("10 MB", Behaviour.hugeAnswer(10_000_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deliveries")
    void isADelivery(String name, Behaviour behaviour) {
        SaleEvent ticket = till.ticket();
        paheko.when(request -> request.key().equals(ticket.key()), 1, behaviour);
        Published sale = till.publish(ticket);
        untilAcknowledged(sale);
        assertThat(paheko.received(sale.key())).hasSize(1);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments("a page", Behaviour.htmlPage(), "not_paheko", 1),
                arguments("a page after blanks", Behaviour.answer(Answer.of(200, "TEXT/HTML", " \r\n\t<html>")), "not_paheko", 1),
                arguments("a page without a type", Behaviour.answer(Answer.of(200, null, "<!DOCTYPE html><p>Mise \u00e0 jour")), "not_paheko", 1),
                arguments("a page that calls itself text", Behaviour.answer(Answer.of(200, "text/plain", "\n<html>")), "not_paheko", 1),
                arguments("a page with 201", Behaviour.answer(Answer.html(201, "x")), "not_paheko", 1),
                arguments("a fault that PHP prints in place of JSON", Behaviour.answer(Answer.of(200, "application/json",
                        "<br />\n<b>Fatal error</b>: Uncaught PDOException")), "not_paheko", 1),
                arguments("a fault that PHP prints without HTML", Behaviour.answer(Answer.of(200, "text/html; charset=UTF-8",
                        "\nFatal error: Uncaught PDOException in push.php")), "not_paheko", 1),
                arguments("a fault that PHP names its own", Behaviour.answer(Answer.of(200, "application/json",
                        "PHP Parse error:  syntax error, unexpected end of file")), "not_paheko", 1),
                arguments("a page behind a byte order mark", Behaviour.answer(Answer.of(200, "application/json", "\uFEFF<br />")),
                        "not_paheko", 1),
                arguments("a page that breaks off before it begins", raw("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n"
                                                                         + "Content-Length: 100\r\n\r\n \n"), "connection_lost", 6),
                arguments("a page of 10 MB", Behaviour.answer(Answer.of(200, "text/html", "<p>" + "x".repeat(10_000_000))), "not_paheko", 1),
                arguments("a 400 of 10 MB", Behaviour.answer(Answer.of(400, "text/plain", "x".repeat(10_000_000))), "rejected", 1),
                arguments("a 503 of 10 MB", Behaviour.answer(Answer.of(503, "text/plain", "x".repeat(10_000_000))), "paheko_5xx", 6),
                arguments("a 400 that breaks off", raw("HTTP/1.1 400 Bad Request\r\nContent-Length: 100\r\n\r\n{\"err"), "rejected", 1),
                arguments("a 400 encoded as nobody asked", Behaviour.answer(400, "application/json", "{}", Map.of("Content-Encoding", "gzip")),
                        "rejected", 1),
                arguments("a 401 that asks for a password", Behaviour.answer(401, "text/plain", "", Map.of("WWW-Authenticate", "Basic realm=x")),
                        "unauthorized", 1),
                arguments("a 3xx without a place", Behaviour.answer(Answer.of(302, null, "")), "redirected", 1),
                arguments("half a head", Behaviour.cutInHead(), "connection_lost", 6),
                arguments("a head without its end", raw("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"), "connection_lost", 6),
                arguments("a status line and no more", raw("HTTP/1.1 201 Created\r\n"), "connection_lost", 6),
                arguments("half a status line", raw("HTTP/1.1 201"), "connection_lost", 6));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void isNoDelivery(String name, Behaviour behaviour, String cause, int tries) {
        try (LogLines log = new LogLines()) {
            SaleEvent ticket = till.ticket();
            // a probe that comes later may succeed
            paheko.when(of(ticket), tries, behaviour);
            Published sale = till.publish(ticket);
            until("the end of the round", () -> log.values(sale.entryId(), "cause").size() > tries);
            List<String> outcomes = new ArrayList<>(Collections.nCopies(tries, "failed"));
            outcomes.add(cause.equals("rejected") ? "quarantined" : "pending");
            assertThat(log.values(sale.entryId(), "outcome")).startsWith(outcomes.toArray(String[]::new));
            assertThat(log.values(sale.entryId(), "cause")).containsOnly(cause).hasSize(tries + 1);
        }
    }

    @Test
    void anAnswerThatDribblesInIsWaitedForButNotForLongerThanItsWholeTime() {
        app.bean("answerLimits", AnswerLimits.class).setDeadlineMillis(400);
        try (LogLines log = new LogLines()) {
            SaleEvent ticket = till.ticket();
            paheko.when(request -> request.key().equals(ticket.key()), 1, Behaviour.dribble(Duration.ofMillis(50)));
            Published sale = till.publish(ticket);
            untilAcknowledged(sale);
            assertThat(paheko.received(sale.key())).hasSize(2);
            assertThat(log.values(sale.entryId(), "cause")).containsExactly("paheko_timeout");
        } finally {
            app.bean("answerLimits", AnswerLimits.class).setDeadlineMillis(60_000);
        }
    }

    @Test
    void anAnswerIsHeardEvenIfTheConnectionIsResetBehindIt() {
        SaleEvent ticket = till.ticket();
        paheko.when(of(ticket), 1, exchange -> {
            exchange.write(exchange.judge());
            exchange.reset();
        });
        Published sale = till.publish(ticket);
        untilAcknowledged(sale);
        assertThat(paheko.received(sale.key())).as("a reset may overtake the answer").hasSizeBetween(1, 2);
        assertThat(paheko.received(sale.key()).stream().filter(Received::booked)).hasSize(1);
    }

    /** On a connection that is kept, what follows an answer would be taken for the answer to the next sale. */
    @Test
    void whatFollowsAnAnswerIsNotTakenForTheNextOne() {
        SaleEvent first = till.ticket();
        paheko.when(of(first), 1, exchange -> {
            exchange.accept();
            exchange.send(("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
                           + "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}").getBytes(StandardCharsets.US_ASCII));
        });
        SaleEvent second = till.refusedTicket();
        Published sale = till.publish(first);
        Published refused = till.publish(second);
        untilAcknowledged(sale);
        untilQuarantined(refused);
        assertThat(paheko.accepted()).doesNotContainKey(refused.key());
    }

    @Test
    void anEntryThatIsNoSaleIsReportedAndNotSentAndTheNextOneGoesOn() {
        Map<String, Object[]> entries = new LinkedHashMap<>();
        entries.put("no JSON", new Object[] { "event", "pos.ticket.created", "payload", "Mme Dupont" });
        entries.put("half an object", new Object[] { "event", "pos.ticket.created", "payload", "{\"sale_id\": \"Mme Dupont" });
        entries.put("more than one object", new Object[] { "event", "pos.ticket.created", "payload", "{\"a\": 1} {\"b\": \"Mme Dupont\"}" });
        entries.put("an array", new Object[] { "event", "pos.ticket.created", "payload", "[]" });
        entries.put("empty", new Object[] { "event", "pos.ticket.created", "payload", "" });
        entries.put("no event", new Object[] { "payload", "{\"sale_id\": \"s\"}" });
        entries.put("a hostile event", new Object[] { "event", "pos\r\nX-Evil: 1", "payload", "{}" });
        entries.put("an event in broken UTF-8", new Object[] { "event", new byte[] { 'p', (byte) 0xE9 }, "payload", "{}" });
        entries.put("too large", new Object[] { "event", "e", "payload", "{\"a\":\"" + "x".repeat(8 * 1024 * 1024) + "\"}" });
        entries.put("deeper than can be", new Object[] { "event", "e", "payload", "[".repeat(1_000_000) });
        try (LogLines log = new LogLines()) {
            List<String> ids = entries.values().stream().map(fields -> redis.xadd(stream, fields)).toList();
            until("each is put aside", () -> quarantined().containsAll(ids));
            assertThat(pending()).containsAll(ids);
            assertThat(paheko.ledger()).isEmpty();
            assertThat(ids).allSatisfy(id -> {
                assertThat(log.values(id, "cause")).containsExactly("unreadable", "unreadable");
                assertThat(log.about(id)).anyMatch(line -> line.startsWith("ERROR"))
                        .noneMatch(line -> line.contains("Dupont") || line.contains("Evil"));
            });
        }
    }

    /** These bytes, and then the end of the connection. */
    private static Behaviour raw(String answer) {
        return exchange -> {
            exchange.send(answer.getBytes(StandardCharsets.ISO_8859_1));
            exchange.cut();
        };
    }
}
