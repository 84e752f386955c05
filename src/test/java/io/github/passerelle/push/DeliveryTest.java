package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.Hold;
import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

class DeliveryTest extends ChannelTest {

    @Test
    void aRouteThatIsStoppedAndStartedSendsWhatWasBetweenTwoTriesOnce() throws Exception {
        SaleEvent ticket = till.ticket();
        paheko.when(of(ticket), 1, Behaviour.answer(503));
        PasserelleApp app = start(app().setting("PAHEKO_PUSH_BACKOFF_SECONDS", 1));
        Published sale = till.publish(ticket);
        until("its first try failed", () -> round(sale) != null);
        app.context().getRouteController().stopRoute("push-caisse");
        app.context().getRouteController().startRoute("push-caisse");
        untilAcknowledged(sale);
        until("the delay of the first try has ended", () -> app.context().getInflightRepository().size() == 0);
        untilNextSaleIsDelivered();
        assertThat(paheko.received(sale.key())).hasSize(2);
        assertThat(paheko.received(sale.key())).noneMatch(Received::duplicate);
    }

    @Test
    void carriesASessionInTheOrderOfTheStream() {
        CashSession session = till.session(12);
        start();
        List<Published> published = till.publish(session);
        paheko.awaitAccepted(14);
        assertThat(paheko.ledger().stream().map(Received::key)).containsExactlyElementsOf(published.stream().map(Published::key).toList());
        until("all acknowledged", () -> pending().isEmpty());
        assertThat(paheko.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void theTraceOfAnEntryStandsInItsLinesAndGoesNowhereElse() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        Published traced = publishWithTrace(till.ticket(), trace);
        Published odd = publishWithTrace(till.ticket(), "00-x\r\nlevel: ERROR");
        Published unreadable = publishWithTrace(till.ticket().with("\\{", ""), trace);
        paheko.when(of(traced.sale()), 1, Behaviour.answer(503));
        try (LogLines log = new LogLines()) {
            start();
            untilAcknowledged(traced, odd);
            untilQuarantined(unreadable);
            until("its line", () -> log.values(unreadable.entryId(), "outcome").contains("quarantined"));
            assertThat(log.values(traced.entryId(), "traceparent")).as("failed, delivered").containsExactly(trace, trace);
            assertThat(log.values(odd.entryId(), "traceparent")).isEmpty();
            assertThat(log.values(unreadable.entryId(), "traceparent")).as("failed, quarantined").containsExactly(trace, trace);
        }
        assertThat(paheko.ledger()).hasSize(3).allSatisfy(request -> assertThat(request.header("traceparent")).isNull());
        assertThat(paheko.accepted().get(traced.key()).body()).isEqualTo(traced.sale().payload());
    }

    private Published publishWithTrace(SaleEvent sale, String trace) {
        Object id = redis.command("XADD", stream, "*", "event", sale.type(), "payload", sale.payload(), "traceparent", trace);
        return new Published(Redis.text(id), sale);
    }

    @Test
    void acknowledgesOnlyAfterA2xx() {
        Hold hold = paheko.holdAnswer();
        start();
        Published sale = publishTicket();
        hold.awaitHeld();
        assertThat(pending()).as("the receiver has it, but has not said so").containsExactly(sale.entryId());
        hold.release();
        until("acknowledged", () -> pending().isEmpty());
        assertThat(paheko.ledger()).hasSize(1);
    }

    @Test
    void anEntryThatEarnedNoDeliveryIsNotAcknowledged() {
        paheko.answer(503);
        start(oneRound().setting("PAHEKO_PUSH_MAX_RETRIES", 1));
        Published sale = publishTicket();
        untilRoundEnded(sale);
        assertThat(paheko.ledger()).hasSize(2);
        paheko.normal();
        untilNextSaleIsDelivered();
        assertThat(pending()).containsExactly(sale.entryId());
    }

    @Test
    void aRouteThatStopsBeforeThePostAcknowledgesNothing() {
        try (LogLines log = new LogLines()) {
            start(oneRound().edit("push-caisse.camel.yaml", yaml -> yaml.replace("        - to:\n            id: post",
                    "        - stop:\n            id: too-early\n        - to:\n            id: post")));
            Published one = publishTicket();
            Published two = publishTicket();
            untilRoundEnded(one);
            untilRoundEnded(two);
            assertThat(pending()).containsExactly(one.entryId(), two.entryId());
            assertThat(paheko.ledger()).isEmpty();
            assertThat(log.about(one.entryId())).anyMatch(line -> line.startsWith("ERROR Not delivered, stays pending: the route ended before"));
        }
    }

    @Test
    void whatWasDeliveredIsAcknowledgedEvenIfALaterStepFails() {
        start(oneRound().edit("push-caisse.camel.yaml", yaml -> yaml.replace("            method: delivered\n", """
                            method: delivered
                        - throwException:
                            id: too-late
                            exceptionType: java.io.IOException
                            message: the disk is full
                """)));
        Published sale = publishTicket();
        untilAcknowledged(sale);
        assertThat(paheko.received(sale.key())).hasSize(1);
    }

    @Test
    void sendsTheseHeadersAndNoOthersOfOurs() {
        start();
        Published sale = publishTicket();
        Received request = paheko.awaitRequests(1).get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/p/recyclic/push.php");
        assertThat(request.headerNames()).containsExactlyInAnyOrder("Content-Type", "X-Paheko-Secret", "X-Recyclic-Event", "X-Request-Id",
                "Idempotency-Key", "Host", "Content-Length", "Connection", "User-Agent");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("X-Paheko-Secret")).isEqualTo(PahekoStandIn.SECRET);
        assertThat(request.header("X-Recyclic-Event")).isEqualTo("pos.ticket.created");
        assertThat(request.header("X-Request-Id")).isEqualTo(sale.entryId());
        assertThat(request.header("Idempotency-Key")).isEqualTo(sale.key());
        assertThat(request.header("Content-Length")).isEqualTo(String.valueOf(sale.payload().length));
    }

    @Test
    void aRedeliveryIsTheSameRequestAgain() {
        paheko.answerNext(2, Behaviour.answer(503));
        start();
        Published sale = publishTicket();
        untilAcknowledged(sale);
        List<Received> tries = paheko.ledger();
        assertThat(tries).hasSize(3);
        for (Received again : tries) {
            assertThat(again.headers()).isEqualTo(tries.get(0).headers());
            assertThat(again.body()).isEqualTo(sale.payload());
        }
    }

    @Test
    void fieldsOfAnEntryBecomeNoHeadersAndDirectNothing() {
        paheko.always(Behaviour.accept());
        start();
        redis.xadd(stream, "event", "pos.other", "payload", "{\"CamelHttpUri\": \"http://127.0.0.1:1/\"}",
                "CamelHttpUri", "http://127.0.0.1:1/", "CamelHttpMethod", "GET", "CamelHttpPath", "/x", "CamelHttpQuery", "a=b", "X-Evil", "1");
        Received request = paheko.awaitRequests(1).get(0);
        assertThat(request.method() + request.path()).isEqualTo("POST/p/recyclic/push.php");
        assertThat(request.headerNames()).hasSize(9).doesNotContain("X-Evil", "CamelHttpUri");
    }

    @Test
    void leavesEveryByteOfAPayloadAsItIs() {
        paheko.always(Behaviour.accept());
        byte[] broken = "{\"note\":\"?\", \"n\" :1}".getBytes(StandardCharsets.UTF_8);
        broken[9] = (byte) 0xE9;
        byte[] large = large(5 * 1024 * 1024);
        List<byte[]> payloads = List.of(
                "{\"note\":\"Canapé à 5 €, 日本 🛋\"}".getBytes(StandardCharsets.UTF_8),
                " \t{ \"a\" :1.50 ,\r\n\"b\":[ ] , \"a\":\"\\u00e9\\/\" }\n ".getBytes(StandardCharsets.UTF_8),
                "{\"price\": 1250.000000000000000000001, \"big\": 123456789012345678901234567890, \"e\": 1E2}".getBytes(StandardCharsets.UTF_8),
                broken, "{}".getBytes(StandardCharsets.UTF_8), large);
        start();
        payloads.forEach(payload -> redis.xadd(stream, "event", "pos.other", "payload", payload));
        List<Received> received = paheko.awaitRequests(payloads.size());
        for (int i = 0; i < payloads.size(); i++) {
            assertThat(Arrays.equals(received.get(i).body(), payloads.get(i))).as("payload " + i).isTrue();
            assertThat(received.get(i).header("Content-Type")).isEqualTo("application/json");
        }
        until("all acknowledged", () -> pending().isEmpty());
    }

    @Test
    void theOlderFieldNameDataWillDo() {
        start();
        SaleEvent ticket = till.ticket();
        redis.xadd(stream, "event", ticket.type(), "data", ticket.payload());
        assertThat(paheko.awaitAccepted(1).get(ticket.key()).body()).isEqualTo(ticket.payload());
    }

    @Test
    void anEntryWithoutAPayloadIsItselfTheObject() throws Exception {
        paheko.always(Behaviour.accept());
        start();
        String id = redis.xadd(stream, "event", "pos.session.opened", "session_id", "s-1", "note", "é \"x\"", "initial_amount", 5000);
        Received request = paheko.awaitRequests(1).get(0);
        Map<String, String> expected
                = Map.of("event", "pos.session.opened", "session_id", "s-1", "note", "é \"x\"", "initial_amount", "5000");
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(request.body())).isEqualTo(json.valueToTree(expected));
        assertThat(request.key()).isEqualTo("pos.session.opened:s-1");
        assertThat(request.header("X-Request-Id")).isEqualTo(id);
    }

    @Test
    void theEventMayStandInThePayloadOnly() {
        start();
        SaleEvent ticket = till.ticket();
        redis.xadd(stream, "payload", ticket.payload());
        assertThat(paheko.awaitAccepted(1)).containsKey(ticket.key());
    }

    @Test
    void theKeyOfASaleIsTheSameOverTriesRestartsAndASecondPublication() {
        paheko.answerNext(1, Behaviour.answer(500)).answerNext(1, Behaviour.acceptThen(Behaviour.reset())).answerNext(1, Behaviour.answer(502));
        PasserelleApp first = start(oneRound().setting("PAHEKO_PUSH_MAX_RETRIES", 2));
        SaleEvent ticket = till.ticket();
        Published sale = till.publish(ticket);
        untilRoundEnded(sale);
        first.close();
        redis.command("DEL", "{" + stream + "}:due");
        start();
        untilAcknowledged(sale);
        Published again = till.publish(ticket);
        until("acknowledged", () -> pending().isEmpty() && paheko.ledger().size() == 5);
        assertThat(paheko.ledger()).extracting(Received::key).containsOnly(sale.key());
        assertThat(paheko.ledger().get(4).header("X-Request-Id")).isEqualTo(again.entryId());
        assertThat(paheko.accepted()).hasSize(1);
        assertThat(paheko.ledger()).filteredOn(Received::booked).hasSize(1);
    }

    @Test
    void aRestartResumesAtTheOldestPendingEntry() {
        paheko.answer(503);
        PasserelleApp first = start(app().setting("PAHEKO_PUSH_MAX_RETRIES", 0).setting("PAHEKO_PUSH_REPLAY_SECONDS", 0.1));
        List<Published> sales = till.publish(till.session(3));
        until("each was tried but the close, which waits for the others",
                () -> sales.subList(0, 4).stream().allMatch(sale -> round(sale) != null));
        first.close();
        redis.command("DEL", "{" + stream + "}:due");
        paheko.normal().forget();
        Published fresh = publishTicket();
        start();
        paheko.awaitAccepted(6);
        assertThat(paheko.ledger().stream().map(Received::key).toList()).startsWith(sales.stream().map(Published::key).toArray(String[]::new))
                .endsWith(fresh.key());
    }

    @Test
    void anEntryOfTheLargestSizeIsSentAndOneWithAByteMoreIsNot() {
        paheko.always(Behaviour.accept());
        start(app().setting("PASSERELLE_MAX_ENTRY_BYTES", 1_000));
        String event = "pos.other";
        String tooLarge = redis.xadd(stream, "event", event, "payload", large(1_001 - event.length()));
        String largest = redis.xadd(stream, "event", event, "payload", large(1_000 - event.length()));
        assertThat(paheko.awaitRequests(1).get(0).header("X-Request-Id")).isEqualTo(largest);
        until("only the one that is too large is pending", () -> pending().equals(List.of(tooLarge)));
    }

    @Test
    void theWayOfOneEntryIsWrittenInTheLogUnderItsCorrelationId() {
        try (LogLines log = new LogLines()) {
            paheko.answerNext(2, Behaviour.answer(503));
            start();
            Published sale = publishTicket();
            untilAcknowledged(sale);
            until("the last line", () -> log.values(sale.entryId(), "outcome").size() == 3);
            assertThat(log.values(sale.entryId(), "outcome")).containsExactly("failed", "failed", "delivered");
            assertThat(log.values(sale.entryId(), "try")).containsExactly("1", "2", "3");
            assertThat(log.values(sale.entryId(), "cause")).containsExactly("paheko_5xx", "paheko_5xx");
            assertThat(log.values(sale.entryId(), "event")).containsOnly("pos.ticket.created").hasSize(3);
            assertThat(log.values(sale.entryId(), "session")).hasSize(3);
            assertThat(log.all()).noneMatch(line -> line.contains(PahekoStandIn.SECRET) || line.contains("unit_price"));
        }
    }

    private static byte[] large(int bytes) {
        byte[] json = new byte[bytes];
        Arrays.fill(json, (byte) 'x');
        byte[] head = "{\"x\":\"".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, json, 0, head.length);
        json[bytes - 2] = '"';
        json[bytes - 1] = '}';
        return json;
    }
}
