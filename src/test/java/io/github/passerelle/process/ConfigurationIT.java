package io.github.passerelle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;

class ConfigurationIT extends ProcessTest {

    @TempDir
    Path directory;

    @BeforeEach
    void copyWhatIsShipped() {
        PasserelleProcess.copyShipped(directory);
    }

    @Test
    void deliversAndAcknowledgesASaleWithNothingButTheEnvironment() {
        Published sale = till.publish(till.ticket());
        start(PasserelleProcess.builder().directory(directory).redis(redisServer).receiver(paheko));
        awaitAllAcknowledged();
        assertSentExactlyOnce(List.of(sale));
        Received request = paheko.ledger().get(0);
        assertThat(request.body()).isEqualTo(sale.payload());
        assertThat(request.header("X-Request-Id")).isEqualTo(sale.entryId());
        assertThat(request.header("X-Recyclic-Event")).isEqualTo("pos.ticket.created");
        assertThat(request.header("X-Paheko-Secret")).isEqualTo(PahekoStandIn.SECRET);
    }

    @Test
    void deliversAndAcknowledgesASaleWithNothingButADotenvFile() throws IOException {
        dotenv("# settings", "REDIS_URL=" + redisServer.url(), "PAHEKO_PLUGIN_URL=\"" + paheko.url() + "\"",
                "PAHEKO_PLUGIN_SECRET=\"  " + PahekoStandIn.SECRET + "  \"");
        Published sale = till.publish(till.ticket());
        start(PasserelleProcess.builder().directory(directory));
        awaitAllAcknowledged();
        assertSentExactlyOnce(List.of(sale));
        assertThat(paheko.ledger().get(0).header("X-Paheko-Secret")).as("blanks around it dropped").isEqualTo(PahekoStandIn.SECRET);
    }

    @Test
    void letsTheEnvironmentWinOverTheDotenvFileAndDropsBlanksAroundTheSecret() throws IOException {
        try (PahekoStandIn other = PahekoStandIn.start()) {
            dotenv("REDIS_URL=" + redisServer.url(), "PAHEKO_PLUGIN_URL=" + other.url(), "PAHEKO_PLUGIN_SECRET=of-the-file");
            Published sale = till.publish(till.ticket());
            start(PasserelleProcess.builder().directory(directory).environment("PAHEKO_PLUGIN_URL", paheko.url())
                    .environment("PAHEKO_PLUGIN_SECRET", " " + PahekoStandIn.SECRET + "\t "));
            awaitAllAcknowledged();
            assertSentExactlyOnce(List.of(sale));
            assertThat(other.ledger()).isEmpty();
        }
    }

    @Test
    void takesAChangedRouteAtTheNextStart() throws IOException {
        PasserelleProcess.Builder application = application().directory(directory);
        till.publish(till.ticket());
        PasserelleProcess before = start(application);
        awaitAllAcknowledged();
        change("            headers:\n", """
                            headers:
                              - name: X-Shop
                                constant: Rue des Lilas
                """.indent(0));
        till.publish(till.ticket());
        awaitAllAcknowledged();
        stop(before);
        assertThat(paheko.ledger()).as("nothing changes while it runs").hasSize(2).allMatch(request -> request.header("X-Shop") == null);
        till.publish(till.ticket());
        start(application);
        awaitAllAcknowledged();
        assertThat(paheko.ledger().get(2).header("X-Shop")).isEqualTo("Rue des Lilas");
    }

    @Test
    void acknowledgesNothingWhenAChangedRouteStopsBeforeThePost() throws IOException {
        change("        - to:\n            id: post\n", "        - stop: {}\n        - to:\n            id: post\n");
        List<Published> sales = publishTickets(2);
        PasserelleProcess application = start(application().directory(directory));
        application.awaitHealth("both pending", health -> health.body().path("pending").asInt() == 2);
        sales.forEach(sale -> application.awaitLine(line -> line.contains("stays pending: the route ended before")
                && line.contains(sale.entryId()), STOP_LIMIT));
        assertThat(pending()).containsExactlyElementsOf(sales.stream().map(Published::entryId).toList());
        assertThat(paheko.ledger()).isEmpty();
    }

    @Test
    void acknowledgesNothingBeforeTheReceiverHasAnswered() {
        paheko.answerNext(2, Behaviour.answer(503));
        var hold = paheko.hold();
        Published sale = till.publish(till.ticket());
        start(application().directory(directory));
        hold.awaitHeld();
        assertThat(pending()).containsExactly(sale.entryId());
        hold.release();
        awaitAllAcknowledged();
        assertThat(paheko.received(sale.key())).extracting(Received::status).containsExactly(503, 503, 201);
    }

    private void dotenv(String... lines) throws IOException {
        Files.write(directory.resolve(".env"), List.of(lines));
    }

    private void change(String what, String into) throws IOException {
        Path file = directory.resolve("routes/push-caisse.camel.yaml");
        String text = Files.readString(file);
        assertThat(text).containsOnlyOnce(what);
        Files.writeString(file, text.replace(what, into));
    }
}
