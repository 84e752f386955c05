package io.github.passerelle.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A campaign that could only succeed would show nothing: each breach is found, and names the entry. */
class InvariantTest {

    private final List<Sold> sold = new ArrayList<>(List.of(new Sold("1-0", "k:opened", "s", Sold.Kind.OPENED, "h1", 0, 0),
            new Sold("2-0", "k:ticket", "s", Sold.Kind.TICKET, "h2", 150, 2), new Sold("3-0", "k:closed", "s", Sold.Kind.CLOSED, "h3", 0, 0)));
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();
    private final Map<String, String> quarantined = new LinkedHashMap<>();
    private final Set<String> discarded = new HashSet<>();
    private final Set<String> trimmed = new HashSet<>();
    private final Set<String> lostByRedis = new HashSet<>();
    private final Map<String, String> counted = new HashMap<>(Map.of("tickets", "1", "cents", "150", "lines", "2", "totals", "equal"));
    private final Map<String, Long> days = new HashMap<>(Map.of("tickets", 1L, "cents", 150L));
    private final List<String> pending = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();
    private List<Long> memory = List.of();
    private boolean lostAnswers;

    @BeforeEach
    void deliverAll() {
        sold.forEach(this::deliver);
    }

    private void deliver(Sold entry) {
        arrive(entry, entry.hash(), true, true, 201);
    }

    private void arrive(Sold entry, String hash, boolean accepted, boolean booked, int status) {
        arrivals.add(new Arrival(arrivals.size(), 10L * arrivals.size(), entry.id(), entry.key(), hash, accepted, booked, status));
    }

    private void repeat(Sold entry) {
        arrive(entry, entry.hash(), true, false, 200);
    }

    private List<String> breaches() {
        ReceiverLedger received = new ReceiverLedger();
        arrivals.forEach(received::enter);
        Facts facts = new Facts(sold, received, incidents, lostAnswers, true, quarantined, discarded, trimmed, 0, lostByRedis, false, Set.of(),
                pending, 0, Map.of("s", new TreeMap<>(counted)), days, secrets, memory);
        return Invariant.ALL.stream().flatMap(invariant -> invariant.breaches(facts).stream()).toList();
    }

    private void replace(int place, boolean accepted, int status) {
        Arrival old = arrivals.get(place);
        arrivals.set(place, new Arrival(place, old.nanos(), old.id(), old.key(), old.hash(), accepted, accepted, status));
    }

    @Test
    void allIsWell() {
        assertThat(breaches()).isEmpty();
    }

    @Test
    void anEntryThatWasNeverDeliveredIsLost() {
        sold.add(new Sold("4-0", "k:late", "t", Sold.Kind.OPENED, "h4", 0, 0));
        assertThat(breaches()).anyMatch(breach -> breach.startsWith("lost: entry 4-0"));
        lostByRedis.add("4-0");
        assertThat(breaches()).noneMatch(breach -> breach.startsWith("lost"));
    }

    @Test
    void anEntryWhoseAnswerNeverCameIsLost() {
        replace(1, true, 0);
        assertThat(breaches()).anyMatch(breach -> breach.startsWith("lost: entry 2-0"));
    }

    @Test
    void whatIsPendingIsLeft() {
        pending.add("2-0");
        assertThat(breaches()).singleElement().asString().startsWith("left: entry 2-0");
    }

    @Test
    void aChangedBodyIsFound() {
        arrivals.set(1, new Arrival(1, 10, "2-0", "k:ticket", "other", true, true, 201));
        assertThat(breaches()).singleElement().asString().startsWith("changed: the body of request 1 for entry 2-0");
    }

    @Test
    void aRequestThatNobodyPublishedIsFound() {
        deliver(new Sold("9-0", "k:nobody", "s", Sold.Kind.TICKET, "h", 0, 0));
        assertThat(breaches()).singleElement().asString().startsWith("foreign: request 3 for entry 9-0");
    }

    @Test
    void anotherKeyForTheSameEntryIsFound() {
        arrivals.add(new Arrival(3, 30, "2-0", "k:other", "h2", true, true, 201));
        assertThat(breaches()).singleElement().asString().contains("entry 2-0", "the key of that entry is k:ticket");
    }

    @Test
    void aRepetitionWithoutCauseIsFound() {
        repeat(sold.get(1));
        assertThat(breaches()).singleElement().asString().startsWith("repeated: request 1 for entry 2-0");
    }

    @Test
    void aKillBetweenTheTwoExplainsAsManyAsWereUnderWay() {
        repeat(sold.get(1));
        incidents.add(new Incident("kill -9", 15, 16, 1));
        assertThat(breaches()).isEmpty();
        repeat(sold.get(2));
        assertThat(breaches()).singleElement().asString().startsWith("repeated: request 2 for entry 3-0");
    }

    @Test
    void aKillBeforeOrAfterExplainsNothing() {
        repeat(sold.get(1));
        incidents.add(new Incident("kill -9", 1, 5, 8));
        incidents.add(new Incident("kill -9", 35, 36, 8));
        assertThat(breaches()).hasSize(1);
    }

    @Test
    void eachLostAnswerExplainsOne() {
        arrivals.clear();
        lostAnswers = true;
        deliver(sold.get(0));
        arrive(sold.get(1), "h2", true, true, 0);
        repeat(sold.get(1));
        deliver(sold.get(2));
        assertThat(breaches()).isEmpty();
        repeat(sold.get(1));
        assertThat(breaches()).hasSize(1);
    }

    @Test
    void aTicketThatWasOvertakenIsFound() {
        arrivals.clear();
        deliver(sold.get(1));
        deliver(sold.get(0));
        deliver(sold.get(2));
        assertThat(breaches()).singleElement().asString().startsWith("overtaken: entry 2-0");
    }

    @Test
    void aCloseThatCameTooEarlyIsFound() {
        arrivals.clear();
        deliver(sold.get(0));
        arrive(sold.get(1), "h2", false, false, 503);
        deliver(sold.get(2));
        deliver(sold.get(1));
        assertThat(breaches()).singleElement().asString().startsWith("closed too early: entry 3-0").contains("entry 2-0");
    }

    @Test
    void aCloseDoesNotWaitForWhatWasDiscarded() {
        replace(1, false, 422);
        discarded.add("2-0");
        counted.putAll(Map.of("tickets", "0", "cents", "0", "lines", "0", "totals", "different"));
        days.putAll(Map.of("tickets", 0L, "cents", 0L));
        assertThat(breaches()).isEmpty();
    }

    @Test
    void aLedgerThatDiffersIsFound() {
        counted.put("cents", "151");
        assertThat(breaches()).singleElement().asString().startsWith("counted wrongly: of session s");
    }

    @Test
    void aDayThatDiffersIsFound() {
        days.put("tickets", 2L);
        assertThat(breaches()).singleElement().asString().startsWith("counted wrongly: of the days");
    }

    @Test
    void quarantineWithoutReasonIsFound() {
        quarantined.put("2-0", "");
        assertThat(breaches()).singleElement().asString().startsWith("without reason: entry 2-0");
    }

    @Test
    void trimmedEntriesThatNobodyCountedAreFound() {
        trimmed.add("2-0");
        assertThat(breaches()).singleElement().asString().startsWith("trimmed:").contains("2-0");
        quarantined.put("2-0", "trimmed");
        assertThat(breaches()).isEmpty();
    }

    @Test
    void aSecretThatWasToldIsFound() {
        secrets.add("secret=...");
        assertThat(breaches()).singleElement().asString().startsWith("told:");
    }

    @Test
    void memoryThatGrowsIsFound() {
        memory = LongStream.range(0, 600).map(second -> 100_000 + 100 * second).boxed().toList();
        assertThat(breaches()).singleElement().asString().startsWith("growing:");
        memory = LongStream.range(0, 600).map(second -> 100_000 + second).boxed().toList();
        assertThat(breaches()).isEmpty();
    }
}
