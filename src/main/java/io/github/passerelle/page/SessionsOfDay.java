package io.github.passerelle.page;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.json.EntryJson;
import io.github.passerelle.json.Json;
import io.github.passerelle.json.SessionJson;
import io.github.passerelle.push.Periods;
import io.github.passerelle.tracking.SessionListing;
import io.github.passerelle.tracking.SessionState;
import io.github.passerelle.tracking.TrackedSession;

/**
 * The cash sessions of a day in Paris and all that are not closed.
 *
 * @param day      today, or the last day on which there was a session; null when none is known
 * @param sessions the latest first
 */
record SessionsOfDay(LocalDate day, boolean today, SessionListing listing, List<TrackedSession> sessions) {

    static SessionsOfDay of(SessionListing listing, Instant now) {
        LocalDate today = Periods.day(now);
        LocalDate last = listing.sessions().stream().map(SessionsOfDay::day).filter(Objects::nonNull).max(LocalDate::compareTo).orElse(null);
        List<TrackedSession> shown = listing.sessions().stream().filter(session -> Objects.equals(day(session), last) || isOpen(session)).toList();
        return new SessionsOfDay(last, today.equals(last), listing, shown);
    }

    private static LocalDate day(TrackedSession session) {
        return session.latest() == null ? null : Periods.day(session.latest());
    }

    private static boolean isOpen(TrackedSession session) {
        return session.state() != SessionState.CLOSED && session.state() != SessionState.ABANDONED;
    }

    /** How many sessions of today have totals that differ. */
    long different() {
        return today ? sessions.stream().filter(session -> day.equals(day(session)) && session.isDifferent()).count() : 0;
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("day", day == null ? null : day.toString()).put("today", today);
        EntryJson.putWorker(json, listing.worker());
        ArrayNode array = json.putArray("sessions");
        sessions.forEach(session -> SessionJson.put(array.addObject(), session));
        return json;
    }
}
