package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DossierTest {

    private static final Instant FIRST = Instant.ofEpochMilli(1_795_248_000_000L);

    @Test
    void keepsWhatIsKnownFromTryToTry() {
        Dossier dossier = Dossier.NEW.named("pos.ticket.created", "s-1", "pos.ticket.created:1")
                .failed(FIRST, true, 0, true, "paheko_timeout", null, null, null)
                .failed(FIRST.plusSeconds(60), true, 1, false, "paheko_5xx", 500, "database is locked", null);
        assertThat(dossier).isEqualTo(new Dossier("pos.ticket.created", "s-1", "pos.ticket.created:1", FIRST.toEpochMilli(),
                FIRST.plusSeconds(60).toEpochMilli(), 2, 1, true, "paheko_5xx", 500, "database is locked", null));
    }

    @Test
    void oneThatMayHaveBeenBookedOnceRemainsSo() {
        Dossier dossier = Dossier.NEW.failed(FIRST, true, 0, true, "connection_lost", null, null, null)
                .failed(FIRST, true, 0, false, "rejected", 409, "Déjà reçu", null);
        assertThat(dossier.mayBeBooked()).isTrue();
    }

    @Test
    void anEntryThatWasNotSentWasNotTried() {
        Dossier dossier = Dossier.NEW.failed(FIRST, false, 0, false, "trimmed", null, null, null);
        assertThat(dossier.tries()).isZero();
        assertThat(dossier.last()).isEqualTo(FIRST.toEpochMilli());
    }

    @Test
    void namesOnceKnownAreNotForgotten() {
        Dossier dossier = Dossier.NEW.named("e", "s", "k").named(null, null, null);
        assertThat(dossier).extracting(Dossier::event, Dossier::session, Dossier::key).containsExactly("e", "s", "k");
    }

    @Test
    void isOneLineOfJsonThatLeavesOutWhatIsNotKnown() {
        String text = Dossier.NEW.named("pos.ticket.created", null, "k").failed(FIRST, true, 0, false, "rejected", 422, "un \"deux\" é", null).toString();
        assertThat(text).isEqualTo("""
                {"event":"pos.ticket.created","key":"k","first":1795248000000,"last":1795248000000,"tries":1,\
                "cause":"rejected","status":422,"answer":"un \\"deux\\" é"}""");
        assertThat(Dossier.NEW).hasToString("{}");
    }

    @Test
    void comesBackAsItWas() {
        Dossier dossier = Dossier.NEW.named("e", "s", "k").failed(FIRST, true, 3, true, "paheko_5xx", 502, "nein \\ \u2028 \" 日本", null);
        assertThat(Dossier.parse(dossier.toString())).contains(dossier);
        assertThat(Dossier.parse("{}")).contains(Dossier.NEW);
    }

    @Test
    void aLaterVersionMayKnowMore() {
        assertThat(Dossier.parse("{\"cause\":\"tls\",\"weather\":{\"rain\":[1]}}")).contains(
                new Dossier(null, null, null, 0, 0, 0, 0, false, "tls", null, null, null));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "x", "null", "7", "[]", "\"x\"", "{", "{\"tries\":\"many\"}", "{\"tries\":99999999999}" })
    void whatIsNoDossierIsNone(String note) {
        assertThat(Dossier.parse(note)).isEmpty();
    }
}
