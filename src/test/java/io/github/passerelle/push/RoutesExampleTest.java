package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.LogLines;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.SaleEvent;

/** The example of docs/routes.md: the file as it is, but for the place of the copies. */
class RoutesExampleTest extends ChannelTest {

    @TempDir
    Path directory;

    @Test
    void skipsWhatIsNotWantedAndKeepsACopyOfWhatIsDelivered() throws IOException {
        try (LogLines log = new LogLines()) {
            start(example());
            CashSession session = till.session(3);
            List<Published> published = till.publish(session);
            until("all acknowledged", () -> paheko.ledger().size() == 4 && pending().isEmpty());
            List<Published> sent = published.subList(1, published.size());
            assertThat(paheko.ledger().stream().map(Received::key)).containsExactlyElementsOf(sent.stream().map(Published::key).toList());
            assertThat(copies()).containsExactlyElementsOf(sent.stream().map(sale -> sale.entryId() + ".json").toList());
            for (Published sale : sent) {
                assertThat(directory.resolve("copies").resolve(sale.entryId() + ".json")).hasBinaryContent(sale.payload());
            }
            assertThat(log.all()).anyMatch(line -> line.contains("Skipped pos.session.opened, entry " + published.get(0).entryId()));
            assertThat(log.about(published.get(0).entryId())).noneMatch(line -> line.contains("stays pending"));
        }
    }

    @Test
    void acknowledgesNothingBeforeTheCopyIsWrittenAndSendsNothingAgainMeanwhile() throws IOException {
        Path inTheWay = Files.createFile(directory.resolve("copies"));
        start(example().setting("PAHEKO_PUSH_MAX_RETRIES", 100).setting("PAHEKO_PUSH_BACKOFF_FACTOR", 1));
        SaleEvent ticket = till.ticket();
        Published sale = till.publish(ticket);
        try (LogLines log = new LogLines()) {
            until("the copy fails", () -> log.about(sale.entryId()).stream().filter(line -> line.contains("Try failed")).count() > 1);
        }
        assertThat(pending()).containsExactly(sale.entryId());
        Files.delete(inTheWay);
        untilAcknowledged(sale);
        assertThat(copies()).containsExactly(sale.entryId() + ".json");
        assertThat(paheko.ledger()).hasSize(1);
    }

    private PasserelleApp.Builder example() throws IOException {
        String example = Files.readString(PasserelleProcess.repository().resolve("docs/examples/routes/push-caisse.camel.yaml"));
        return app().edit("push-caisse.camel.yaml", shipped -> example.replace("file:copies", "file:" + directory.resolve("copies")));
    }

    private List<String> copies() {
        try (Stream<Path> files = Files.list(directory.resolve("copies"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
