package io.github.passerelle.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.Redis;

/** Whatever lies in the stream: it is sent as it is or put aside, and what comes after it goes out. */
class OddEntriesTest extends ChannelTest {

    private static final long SEED = 20_261_121;
    private static final int DAMAGED = 300;
    private static final int LIMIT = 8 * 1024 * 1024;

    private final Map<String, byte[]> published = new LinkedHashMap<>();

    @Test
    void noEntryStopsTheWorkerOrChangesAByte() throws Exception {
        Random random = new Random(SEED);
        paheko.always(Behaviour.accept());
        PasserelleApp app = start();
        odd().forEach(payload -> publish("pos.ticket.created", payload));
        for (String event : List.of("", " ", "pos.ticket.created\r\nX-Evil: 1", "\u0000", "é", "x".repeat(201), "pos.unknown", "-")) {
            publish(event, ticket());
        }
        for (int i = 0; i < DAMAGED; i++) {
            publish("pos.ticket.created", damaged(ticket(), random));
        }
        withoutPayload();
        withoutEvent();
        manyFields();
        untilNextSaleIsDelivered();
        until("all is delivered or put aside, seed " + SEED, () -> quarantined().containsAll(pending()));
        assertThat(app.health().status()).isEqualTo(200);

        Set<String> delivered = new TreeSet<>();
        for (Received request : paheko.ledger()) {
            String entry = request.header("X-Request-Id");
            byte[] payload = published.get(entry);
            if (payload != null) {
                delivered.add(entry);
                assertThat(Arrays.equals(request.body(), payload)).as("the body of entry " + entry + ", seed " + SEED + ": " + start(request.body()) + " for " + start(payload)).isTrue();
            }
            assertThat(request.headerNames()).noneMatch(name -> name.equalsIgnoreCase("X-Evil") || name.toLowerCase().startsWith("camel"));
        }
        Set<String> aside = new TreeSet<>(quarantined());
        assertThat(aside).doesNotContainAnyElementsOf(delivered);
        aside.addAll(delivered);
        assertThat(aside).as("each is somewhere").containsAll(published.keySet());
        assertThat(delivered.size()).as("some are whole enough").isGreaterThan(DAMAGED / 10);
        assertThat(quarantined()).as("some are not").hasSizeGreaterThan(20);
        for (String entry : quarantined()) {
            assertThat(dossier(entry).cause()).isEqualTo("unreadable");
            byte[] kept = quarantinedField(entry, "payload");
            assertThat(kept == null || published.get(entry) == null || Arrays.equals(kept, published.get(entry))).as("the copy of " + entry).isTrue();
        }
    }

    private static String start(byte[] body) {
        return body.length + " bytes, " + new String(body, 0, Math.min(body.length, 200), UTF_8);
    }

    private List<byte[]> odd() {
        String good = new String(ticket(), UTF_8);
        List<byte[]> odd = new ArrayList<>();
        odd.add(new byte[0]);
        for (String text : List.of("{", "0", "null", "[]", "{}", "\"x\"", "{} {}", good + "x", good.substring(0, good.length() - 1), "\uFEFF" + good,
                good.replaceFirst("\\{", "{\"sale_id\": \"first\", "), good.replaceFirst("\\{", "{\"event\": 7, "),
                good.replaceFirst("\\{", "{\"note\": \"\\\\u0000\", "), "[".repeat(100_000), "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000),
                good.replaceFirst("\"cash_session_id\": \"[^\"]+\"", "\"cash_session_id\": \"a\\\\r\\\\nX-Evil: 1\""),
                good.replaceFirst("\"sale_id\": \"[^\"]+\"", "\"sale_id\": \"a\\\\r\\\\nX-Evil: 1\""),
                good.replaceFirst("\"total_amount\": \\d+", "\"total_amount\": 1e999"))) {
            odd.add(text.getBytes(UTF_8));
        }
        odd.add(withNote(new byte[] { (byte) 0xC3, 0x28, (byte) 0xFF }));
        odd.add(withNote(new byte[] { 0 }));
        odd.add(withNote(new byte[1024 * 1024]));
        odd.add(withNote(filled(LIMIT - 2_000)));
        odd.add(withNote(filled(LIMIT)));
        return odd;
    }

    private static byte[] filled(int length) {
        byte[] letters = new byte[length];
        Arrays.fill(letters, (byte) 'a');
        return letters;
    }

    private byte[] withNote(byte[] note) {
        byte[] ticket = ticket();
        byte[] begin = "{\"x\": \"".getBytes(UTF_8);
        byte[] end = "\", ".getBytes(UTF_8);
        byte[] whole = new byte[begin.length + note.length + end.length + ticket.length - 1];
        System.arraycopy(begin, 0, whole, 0, begin.length);
        System.arraycopy(note, 0, whole, begin.length, note.length);
        System.arraycopy(end, 0, whole, begin.length + note.length, end.length);
        System.arraycopy(ticket, 1, whole, begin.length + note.length + end.length, ticket.length - 1);
        return whole;
    }

    private static byte[] damaged(byte[] payload, Random random) {
        byte[] damaged = payload.clone();
        int blows = 1 + random.nextInt(3);
        for (int i = 0; i < blows; i++) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
    }

    private byte[] ticket() {
        return till.ticket().payload();
    }

    private void publish(String event, byte[] payload) {
        published.put(Redis.text(redis.command("XADD", stream, "*", "event", event, "payload", payload, "CamelHttpUri", "http://127.0.0.1:1/")), payload);
    }

    private void withoutEvent() {
        byte[] ticket = ticket();
        published.put(Redis.text(redis.command("XADD", stream, "*", "payload", ticket)), ticket);
    }

    /** Its fields are the payload then. */
    private void withoutPayload() {
        published.put(redis.xadd(stream, "event", "pos.ticket.created"), "{\"event\":\"pos.ticket.created\"}".getBytes(UTF_8));
    }

    private void manyFields() {
        byte[] ticket = ticket();
        List<Object> command = new ArrayList<>(List.of("XADD", stream, "*", "event", "pos.ticket.created", "payload", ticket));
        for (int i = 0; i < 10_000; i++) {
            command.addAll(List.of("field" + i, "value"));
        }
        published.put(Redis.text(redis.command(command.toArray())), ticket);
    }
}
