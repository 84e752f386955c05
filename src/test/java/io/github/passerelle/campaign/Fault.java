package io.github.passerelle.campaign;

import io.github.passerelle.fixture.Answer;
import io.github.passerelle.fixture.Behaviour;

/** What can go wrong with one request at the receiver. */
enum Fault {

    UNAVAILABLE("503", 3, false, Behaviour.answer(503)),
    HANG("no answer, not booked", 1, true, Behaviour.neverAnswer()),
    HANG_BOOKED("no answer, booked", 1, true, Behaviour.acceptThen(Behaviour.neverAnswer())),
    RESET_UNREAD("reset before reading", 1, false, Behaviour.resetBeforeReading()),
    RESET("reset before booking", 2, false, Behaviour.reset()),
    RESET_BOOKED("reset after booking", 1, true, Behaviour.acceptThen(Behaviour.reset())),
    CUT_HEAD("head of the answer cut", 1, true, Behaviour.acceptThen(Behaviour.cutInHead())),
    BUSY("429, Retry-After: 1", 1, false, Behaviour.answer(Answer.error(429, "Trop de requêtes").with("Retry-After", "1"))),
    PAGE("HTML page", 1, false, Behaviour.htmlPage()),
    UNAUTHORIZED("401", 1, false, Behaviour.answer(401)),
    REFUSED("422", 1, false, Behaviour.answer(422));

    private final String words;
    private final int most;
    private final boolean ambiguous;
    private final Behaviour behaviour;

    Fault(String words, int most, boolean ambiguous, Behaviour behaviour) {
        this.words = words;
        this.most = most;
        this.ambiguous = ambiguous;
        this.behaviour = behaviour;
    }

    /** How often it may meet one sale. */
    int most() {
        return most;
    }

    /** Whether the sender cannot know what the receiver did. */
    boolean isAmbiguous() {
        return ambiguous;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    @Override
    public String toString() {
        return words;
    }
}
