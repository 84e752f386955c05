package io.github.passerelle.demo;

import io.github.passerelle.fixture.Received;

/** One line for each request that reached the receiver. */
final class ReceiverLines {

    private final Narrator narrator;
    private final Publications publications;

    ReceiverLines(Narrator narrator, Publications publications) {
        this.narrator = narrator;
        this.publications = publications;
    }

    void tell(Received request) {
        narrator.tell("Paheko", tone(request), publications.name(request.key()) + "  " + what(request));
    }

    private static Narrator.Tone tone(Received request) {
        return switch (request.status() / 100) {
            case 2 -> Narrator.Tone.GOOD;
            case 4 -> Narrator.Tone.BAD;
            default -> Narrator.Tone.WARNING;
        };
    }

    private static String what(Received request) {
        if (request.status() == 0) {
            return request.booked() ? "booked, but the answer was lost" : "no answer";
        }
        if (request.status() / 100 == 2) {
            return request.duplicate() ? request.status() + " known already, not booked again" : request.status() + " booked";
        }
        return request.status() + " " + Words.of(request);
    }
}
