package io.github.passerelle.push;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Makes a channel whose deliveries and failures lie at chosen times of a day, while somebody may set its clock. */
public final class Outcomes {

    private static final Instant START = time("08:00:00");

    private Instant now = START;
    private Duration clockIsAhead = Duration.ZERO;
    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.plus(clockIsAhead);
        }
    };
    private final Channel channel = new Channel(clock, this::nanos);

    private static Instant time(String time) {
        return Instant.parse("2026-11-20T" + time + "Z");
    }

    public Channel channel() {
        return channel;
    }

    /** What can be set. */
    public Clock clock() {
        return clock;
    }

    /** What nobody can set. */
    public long nanos() {
        return Duration.between(START, now).toNanos();
    }

    public Outcomes at(String time) {
        now = time(time);
        return this;
    }

    /** Somebody sets the clock forward, or back. */
    public Outcomes clockSet(Duration by) {
        clockIsAhead = clockIsAhead.plus(by);
        return this;
    }

    public Outcomes delivered() {
        channel.delivered("pos.ticket.created:1");
        return this;
    }

    public Outcomes unreachable() {
        channel.failed(Cause.PAHEKO_UNREACHABLE, false);
        return this;
    }

    public Outcomes unauthorized() {
        channel.failed(Cause.UNAUTHORIZED, false);
        return this;
    }

    public Outcomes rejected() {
        channel.failed(Cause.REJECTED, false);
        return this;
    }

    public Outcomes unreadable() {
        channel.failed(Cause.UNREADABLE, false);
        return this;
    }

    public Outcomes trimmed() {
        channel.failed(Cause.TRIMMED, false);
        return this;
    }
}
