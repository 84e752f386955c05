package io.github.passerelle.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.StreamEntry;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.StockApi;
import io.github.passerelle.fixture.Till;

/**
 * The accounting API of a Paheko that runs elsewhere: PAHEKO_TEST_API_URL is its address with a slash at the end, PAHEKO_TEST_API_USER and
 * PAHEKO_TEST_API_PASSWORD those of a key that may write. It must have the usual French chart, and a year that is open today. Entries of the tests
 * stay in it: no Paheko that anybody works with.
 */
@Tag("real-paheko")
class RealPahekoApiIT {

    private static final String BOOKING = "api/accounting/transaction";

    private static Place real;
    private static Place standIn;
    private static PahekoStandIn paheko;
    private final ObjectMapper json = new ObjectMapper();

    /** A Paheko, or what stands for one. */
    private record Place(String base, String user, String password, HttpClient http) {

        private HttpResponse<String> send(String method, String path, String body, String givenUser, String givenPassword)
                throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/json")
                    .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            if (givenUser != null) {
                request.header("Authorization", "Basic "
                                                + Base64.getEncoder().encodeToString((givenUser + ":" + givenPassword).getBytes(StandardCharsets.UTF_8)));
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }

        HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
            return send(method, path, body, user, password);
        }

        HttpResponse<String> lookUp(String reference) throws IOException, InterruptedException {
            return send("GET", "api/sql?sql=" + URLEncoder.encode("SELECT id FROM acc_transactions WHERE reference = '" + reference + "' LIMIT 2",
                    StandardCharsets.UTF_8), null);
        }
    }

    @BeforeAll
    static void pahekoIsThere() {
        assumeTrue(Stream.of("URL", "USER", "PASSWORD").allMatch(name -> System.getenv("PAHEKO_TEST_API_" + name) != null),
                "No real Paheko is tested: PAHEKO_TEST_API_URL, PAHEKO_TEST_API_USER and PAHEKO_TEST_API_PASSWORD are not all set");
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        paheko = PahekoStandIn.start();
        real = new Place(System.getenv("PAHEKO_TEST_API_URL"), System.getenv("PAHEKO_TEST_API_USER"), System.getenv("PAHEKO_TEST_API_PASSWORD"), http);
        standIn = new Place(paheko.base(), StockApi.USER, StockApi.PASSWORD, http);
    }

    @AfterAll
    static void stop() {
        if (paheko != null) {
            paheko.close();
        }
    }

    /** What a session comes to, published today. */
    private static Booking booking() {
        CashSession session = new Till(null, System.nanoTime()).session(30);
        List<StreamEntry> entries = new ArrayList<>();
        long now = Instant.now().toEpochMilli();
        for (SaleEvent event : session.events()) {
            StreamEntry raw = Entries.raw("2026-01-01T00:00:00Z", event.type(), event.payloadText());
            entries.add(new StreamEntry(new EntryId(now, entries.size()), raw.fields()));
        }
        Mapping mapping = MappingFile.read(PasserelleProcess.repository().resolve("mapping.json.example"));
        return new Bookkeeper(mapping).book(session.id(), entries);
    }

    @Test
    void takesWhatTheBookkeeperMakes() throws Exception {
        Booking booking = booking();
        assertThat(booking.isBookable()).isTrue();
        assertThat(json.readTree(real.lookUp(booking.reference()).body()).path("count").asInt()).isZero();
        HttpResponse<String> answer = real.send("POST", BOOKING, booking.json());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode entry = json.readTree(answer.body());
        assertThat(entry.path("reference").asText()).isEqualTo(booking.reference());
        assertThat(entry.path("label").asText()).isEqualTo(booking.label());
        assertThat(entry.path("notes").asText()).isEqualTo(booking.notes());
        assertThat(entry.path("date").path("date").asText()).startsWith(booking.date().toString());
        assertThat(entry.path("url").asText()).endsWith("details.php?id=" + entry.path("id").asText());
        List<BookingLine> lines = new ArrayList<>();
        entry.path("lines").forEach(line -> lines.add(new BookingLine(line.path("account_code").asText(), line.path("debit").asLong(),
                line.path("credit").asLong(), line.path("label").asText())));
        assertThat(lines).as("every cent").isEqualTo(booking.lines());
        JsonNode found = json.readTree(real.lookUp(booking.reference()).body());
        assertThat(found.path("count").asInt()).isEqualTo(1);
        assertThat(found.path("results").get(0).path("id")).isEqualTo(entry.path("id"));
    }

    /** What stands in for it in all other tests must say the same. */
    @Test
    void theStandInAnswersAlike() throws Exception {
        String reference = "stand-in-" + UUID.randomUUID();
        String good = ("{'id_year':'match','label':'Caisse','date':'" + LocalDate.now() + "','type':'ADVANCED','reference':'" + reference
                       + "','notes':'é','lines':[{'account':'530','debit':'10.00','label':'especes'},{'account':'5112','debit':'5.00'},"
                       + "{'account':'7073','credit':'15.00'}]}").replace('\'', '"');
        same("POST", BOOKING, good.replace("\"530\"", "\"53099\""));
        same("POST", BOOKING, good.replace("10.00", "10.01"));
        same("POST", BOOKING, good.replace("10.00", "0.00"));
        same("POST", BOOKING, good.replace("10.00", "abc"));
        same("POST", BOOKING, good.replace("10.00", "1000000000.01").replace("15.00", "1000000005.01"));
        same("POST", BOOKING, good.replace("10.00", "10.01").replace("Caisse", "é".repeat(101)));
        same("POST", BOOKING, good.replace("10.00", "10.01").replace("especes", "é".repeat(100)));
        same("POST", BOOKING, good.replace("\"5.00\"", "\"5.00\",\"credit\":\"5.00\""));
        same("POST", BOOKING, good.replace(LocalDate.now().toString(), "1999-01-01"));
        same("POST", BOOKING, good.replace(LocalDate.now().toString(), "hier"));
        same("POST", BOOKING, good.replace("\"match\"", "99999"));
        same("POST", BOOKING, good.replace("id_year", "year"));
        same("POST", BOOKING, good.replace("Caisse", ""));
        same("POST", BOOKING, good.replace("Caisse", "é".repeat(101)));
        same("POST", BOOKING, good.replace("especes", "é".repeat(100)));
        same("POST", BOOKING, good.replace("\"é\"", "\"" + "n".repeat(2001) + "\""));
        same("POST", BOOKING, good.replace(reference, "r".repeat(201)));
        same("POST", BOOKING, good.replace("\"lines\"", "\"other\""));
        same("POST", BOOKING, good.replace("\"account\":\"530\",", ""));
        same("POST", BOOKING, "{\"id_year\":");
        same("POST", BOOKING, "");
        same("GET", BOOKING, null);
        same("PATCH", BOOKING, "{}");
        same("GET", "api/nothing", null);
        same("GET", "api/accounting/nothing", null);
        same("GET", "api/accounting/transaction/99999999", null);
        same("POST", "api/errors/report", "x");
        assertThat(real.lookUp(reference).body()).as("nothing of all that was booked").isEqualTo(standIn.lookUp(reference).body())
                .contains("\"count\": 0");
        assertThat(real.lookUp("a'b").statusCode()).isEqualTo(standIn.lookUp("a'b").statusCode()).isEqualTo(400);
        for (String[] wrong : new String[][] { { null, null }, { "nobody", "x" }, { "", "" } }) {
            HttpResponse<String> one = real.send("POST", BOOKING, good, wrong[0], wrong[1]);
            HttpResponse<String> other = standIn.send("POST", BOOKING, good, wrong[0], wrong[1]);
            assertThat(said(one)).isEqualTo(said(other));
        }
        HttpResponse<String> booked = real.send("POST", BOOKING, good);
        HttpResponse<String> alike = standIn.send("POST", BOOKING, good);
        assertThat(said(booked)).isEqualTo(said(alike)).startsWith("200 ");
        List<String> names = new ArrayList<>();
        json.readTree(alike.body()).fieldNames().forEachRemaining(names::add);
        assertThat(json.readTree(booked.body()).fieldNames()).toIterable().containsExactlyElementsOf(names);
    }

    private void same(String method, String path, String body) throws Exception {
        HttpResponse<String> one = real.send(method, path, body);
        HttpResponse<String> other = standIn.send(method, path, body);
        assertThat(said(other)).as(method + " " + path + " " + body).isEqualTo(said(one));
        if (one.statusCode() != 200) {
            assertThat(other.body()).as(method + " " + path + " " + body).isEqualTo(one.body());
        }
    }

    private static String said(HttpResponse<String> answer) {
        return answer.statusCode() + " " + answer.headers().firstValue("Content-Type").orElse("");
    }
}
