package io.github.passerelle.check;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.RedisServerStatus;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.RedisStreamsException;
import io.github.passerelle.camel.redisstreams.StreamEntry;
import io.github.passerelle.settings.RedisSettings;
import io.github.passerelle.settings.Settings;
import io.github.passerelle.settings.SettingsReport;
import io.github.passerelle.tracking.Tracking;

/**
 * Looks at Redis: whether it keeps what it is given, and how things are with stream and group.
 */
final class RedisCheck implements Check {

    private static final String[] NEEDED = { "REDIS_URL", "REDIS_CA_FILE", "REDIS_STREAM_PUSH_CAISSE", "REDIS_GROUP_PUSH_CAISSE" };

    private final SettingsReport report;
    private final Settings settings;
    private final Clock clock;

    RedisCheck(SettingsReport report, Settings settings, Clock clock) {
        this.report = report;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String subject() {
        return "Redis";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        if (report.isAnyWrong(NEEDED)) {
            return List.of(Finding.warning("redis_not_asked", "Redis is not asked: a setting that is needed for it is wrong.",
                    "Put the settings right first."));
        }
        List<Finding> findings = new ArrayList<>();
        try (RedisStreamsAdmin admin = Tracking.admin(settings)) {
            if (look(admin, findings)) {
                lookAtStream(admin, findings);
            }
        }
        return findings.stream().map(finding -> finding.with(report::hide)).toList();
    }

    private boolean look(RedisStreamsAdmin admin, List<Finding> findings) throws InterruptedException {
        RedisSettings redis = settings.redis();
        try {
            // the first answer waits for the connection
            admin.server();
            Instant asked = clock.instant();
            RedisServerStatus server = admin.server();
            Instant answered = clock.instant();
            findings.addAll(new RedisServerCheck(server).look(redis.url()));
            findings.add(new ClockCheck("redis_clock", "Redis", "the time of a sale is that of its entry, and the next try of a sale has a time")
                    .compare(server.time(), server.time(), asked, answered));
            return true;
        } catch (RedisStreamsException e) {
            findings.add(Finding.error("redis_unreachable", "Redis cannot be asked at " + redis.url() + ", " + e.getMessage(),
                    "Put right what is named. The shortest test of an address: redis-cli -u <the URL> ping"));
            return false;
        }
    }

    private void lookAtStream(RedisStreamsAdmin admin, List<Finding> findings) throws InterruptedException {
        RedisSettings redis = settings.redis();
        try {
            Instant oldest = admin.entriesAfter(EntryId.MIN, 1).stream().findFirst().map(StreamEntry::id).map(EntryId::time).orElse(null);
            findings.addAll(new StreamCheck(redis, admin.status(), oldest, admin.consumers().orElse(null), clock.instant()).look());
        } catch (RedisStreamsException e) {
            findings.add(Finding.error("stream_unreadable", "Redis does not tell of the " + e.getMessage(),
                    "Put right what is named: REDIS_STREAM_PUSH_CAISSE, or the permissions of the Redis user."));
        }
    }
}
