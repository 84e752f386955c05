package io.github.passerelle.push;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Makes a channel whose deliveries and failures lie at chosen times. */
public final class Outcomes {

    private Instant now = Instant.parse("2026-11-20T08:00:00Z");
    private final Channel channel = new Channel(new Clock() {
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
            return now;
        }
    });

    public Channel channel() {
        return channel;
    }

    public Outcomes at(String time) {
        now = Instant.parse("2026-11-20T" + time + "Z");
        return this;
    }

    public Outcomes delivered() {
        channel.delivered();
        return this;
    }

    public Outcomes unreachable() {
        channel.failed(Cause.PAHEKO_UNREACHABLE);
        return this;
    }

    public Outcomes unauthorized() {
        channel.failed(Cause.UNAUTHORIZED);
        return this;
    }

    public Outcomes rejected() {
        channel.failed(Cause.REJECTED);
        return this;
    }

    public Outcomes unreadable() {
        channel.failed(Cause.UNREADABLE);
        return this;
    }

    public Outcomes trimmed() {
        channel.failed(Cause.TRIMMED);
        return this;
    }
}
