package io.github.passerelle.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.passerelle.fixture.Published;
import io.github.passerelle.push.Periods;

class DaysCommandTest extends CommandTest {

    @Test
    void printsTheLineOfEachDayOnWhichAnythingHappened() throws Exception {
        LocalDate today = Periods.day(Instant.now());
        assertThat(run("days").lines()).containsExactly("Nothing happened in the last 31 days.");
        assertThat(run("days", "--max", "1").lines()).containsExactly("Nothing happened today.");
        String logged = today.minusDays(2) + " : 412 ventes livrées, 3 relivrées, 1 refusée, total 3 214,50 EUR";
        write("day:" + today.minusDays(31), "delivered", 1);
        write("day:" + today.minusDays(30), "delivered", 1, "tickets", 1, "unknown", 1);
        write("day:" + today.minusDays(3), "backlog", 5);
        write("day:" + today.minusDays(2), "tickets", 412, "repeated", 3, "refused", 1, "cents", 321450, "line", logged);
        write("day:" + today.minusDays(1), "tickets", 2, "delivered", 2, "cents", 700, "line",
                today.minusDays(1) + " : 1 vente livrée, 0 relivrée, 0 refusée, total 3,50 EUR");
        write("day:" + today, "tickets", 3, "delivered", 3, "cents", 1000);
        Answer answer = run("days");
        assertThat(answer.code()).isZero();
        assertThat(answer.lines()).containsExactly(
                today.minusDays(30) + " : 1 vente livrée, 0 relivrée, 0 refusée, total inconnu (not logged yet)",
                logged,
                today.minusDays(1) + " : 1 vente livrée, 0 relivrée, 0 refusée, total 3,50 EUR",
                "counted by now: " + today.minusDays(1) + " : 2 ventes livrées, 0 relivrée, 0 refusée, total 7,00 EUR",
                today + " : 3 ventes livrées, 0 relivrée, 0 refusée, total 10,00 EUR (so far)");
        assertThat(run("days", "--max", "1").lines()).singleElement().asString().startsWith(today.toString());
        assertThat(run("days", "--max", "400").lines()).hasSize(6);
    }

    @Test
    void worksWhileTheWorkerIsAtWorkAndForPrograms() throws Exception {
        start();
        Published sale = deliveredTicket();
        quarantinedTicket();
        JsonNode days = run("days", "--json").json().path("days");
        // one day, or two at midnight
        assertThat(days.findValuesAsText("day")).last().isEqualTo(Periods.day(Instant.now()).toString());
        assertThat(days).hasSizeBetween(1, 2);
        assertThat(sum(days, "sales")).isEqualTo(1);
        assertThat(sum(days, "delivered")).isEqualTo(1);
        assertThat(sum(days, "refused")).isEqualTo(1);
        assertThat(sum(days, "repeated") + sum(days, "failed") + sum(days, "discarded")).isZero();
        assertThat(sum(days, "cents")).isEqualTo(sale.sale().amountCents());
        assertThat(days.get(days.size() - 1).fieldNames()).toIterable().containsExactly("day", "sales", "repeated", "refused", "discarded", "cents",
                "delivered", "failed", "backlog", "logged");
    }

    @Test
    void whatSomebodyChangedIsShownAsWhatItIs() throws Exception {
        LocalDate today = Periods.day(Instant.now());
        write("day:" + today.minusDays(1), "line", "\u001b[2J" + "x".repeat(300), "delivered", "many", "cents", "1,5");
        redis.command("SET", counted("day:" + today), "x");
        Answer answer = run("days");
        assertThat(answer.code()).isZero();
        assertThat(answer.out()).startsWith("\\u001b[2Jxxx").contains("total inconnu");
        JsonNode day = run("days", "--json").json().path("days").get(0);
        assertThat(day.path("cents").isNull()).isTrue();
        assertThat(day.path("delivered").asLong()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "-1", "401", "all" })
    void looksBackOnAsManyDaysAsAreKept(String max) throws Exception {
        Answer answer = run("days", "--max", max);
        assertThat(answer.code()).isEqualTo(2);
    }

    private static long sum(JsonNode days, String field) {
        return days.findValues(field).stream().mapToLong(JsonNode::asLong).sum();
    }
}
