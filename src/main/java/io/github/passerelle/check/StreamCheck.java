package io.github.passerelle.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.GroupConsumer;
import io.github.passerelle.camel.redisstreams.HeadRoom;
import io.github.passerelle.camel.redisstreams.StreamStatus;
import io.github.passerelle.settings.RedisSettings;

/**
 * Whether the stream is the till's, has room, and is read by one alone.
 */
final class StreamCheck {

    // as routes/push-caisse.camel.yaml names it
    private static final String OURS = "passerelle";
    private static final Duration ALIVE = Duration.ofMinutes(2);
    // of RecyClique's till: Redis cannot tell the limit before it is reached
    private static final long USUAL_LIMIT = 10_000;
    private static final int MUCH_PERCENT = 80;
    private static final String TAKE_OVER = "docs/delivery.md, Coming from another consumer of the same group";

    private final RedisSettings redis;
    private final StreamStatus status;
    private final Instant oldest;
    private final List<GroupConsumer> consumers;
    private final Instant now;

    /**
     * @param oldest    when the oldest entry of the stream was written; null when there is none
     * @param consumers null when there is no group
     */
    StreamCheck(RedisSettings redis, StreamStatus status, Instant oldest, List<GroupConsumer> consumers, Instant now) {
        this.redis = redis;
        this.status = status;
        this.oldest = oldest;
        this.consumers = consumers;
        this.now = now;
    }

    List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        findings.add(isPublished() ? room() : Finding.warning("stream_empty", "The stream " + redis.stream() + " holds nothing and never did.",
                "Unless the till is new, see where it writes to: REDIS_STREAM_PUSH_CAISSE, and the number of the database in REDIS_URL."));
        if (status.trimmed() > 0) {
            findings.add(Finding.warning("stream_lost", count(status.trimmed(), "entry was", "entries were") + " dropped before being read.",
                    "Their content is lost; the totals of the cash sessions show which ones miss sales: java -jar passerelle.jar sessions list"));
        }
        findings.add(group());
        if (consumers != null) {
            consumers.stream().filter(consumer -> !consumer.name().equals(OURS)).map(StreamCheck::other).forEach(findings::add);
        }
        findings.add(worker());
        return findings;
    }

    private boolean isPublished() {
        return status.length() > 0 || !status.lastRead().equals(EntryId.MIN) || status.added() != null && status.added() > 0;
    }

    private Finding room() {
        String holds = "The stream " + redis.stream() + " holds " + count(status.length(), "entry", "entries")
                       + (oldest == null ? "" : ", the oldest " + Ages.words(Duration.between(oldest, now)) + " old") + "; "
                       + (status.waiting() == null ? "how many are not delivered, Redis cannot tell"
                               : status.waiting() + status.pending() + " not delivered") + ".";
        HeadRoom room = HeadRoom.of(status).orElse(null);
        if (room == null && status.waiting() != null && status.waiting() + status.pending() >= USUAL_LIMIT * MUCH_PERCENT / 100) {
            return Finding.warning("stream_backlog", holds + " It has dropped nothing so far, but a till usually keeps " + USUAL_LIMIT
                                                     + " (MAXLEN) and then drops the oldest, delivered or not.",
                    "Find out why they are not delivered (java -jar passerelle.jar status), and have the till keep more until they are.");
        }
        if (room == null) {
            return Finding.ok("stream_room", holds + (status.waiting() == null ? "" : " It has dropped nothing so far."));
        }
        String full = holds + " It drops the oldest now; what is not delivered is " + room.percent() + " % of what it keeps.";
        return room.isShort() ? Finding.error("stream_trimming_threatens", full + " At 100 % sales are lost.",
                "Find out why they are not delivered (java -jar passerelle.jar status), and have the till keep more (MAXLEN) until they are.")
                : Finding.ok("stream_room", full);
    }

    private Finding group() {
        if (consumers != null) {
            return Finding.ok("group", "The group " + redis.group() + " is there: " + count(status.pending(), "entry", "entries") + " pending, "
                                       + status.parked() + " quarantined.");
        }
        String missing = "There is no group " + redis.group() + " yet: it is made at the first start";
        return status.length() == 0 ? Finding.ok("group_to_be_made", missing + ".")
                : Finding.warning("group_missing", missing + " and begins at the oldest entry, so that all " + status.length() + " are sent.",
                        "If another program has sent them before under a group of its own, name it in REDIS_GROUP_PUSH_CAISSE: " + TAKE_OVER);
    }

    private static Finding other(GroupConsumer other) {
        String name = "The consumer " + other.name() + " of the group ";
        String holds = "holds " + count(other.pending(), "entry", "entries");
        if (other.idle().compareTo(ALIVE) < 0) {
            return Finding.error("other_consumer_alive", name + "asked for entries " + Ages.words(other.idle()) + " ago and " + holds
                                                         + ": two programs that send would send sales twice.",
                    "Stop it, and see that it stays stopped, before Passerelle is started: " + TAKE_OVER);
        }
        String silent = name + "has been silent for " + Ages.words(other.idle()) + " and " + holds + ".";
        return other.pending() > 0 ? Finding.warning("other_consumer_holds", silent,
                "See that it is stopped for good: Passerelle takes over what it holds, and sends it.")
                : Finding.warning("other_consumer_left", silent, "When it is stopped for good, its name can go: " + TAKE_OVER);
    }

    private Finding worker() {
        if (!status.atWork()) {
            return Finding.warning("worker_missing", "Passerelle is not at work: nothing is sent.",
                    "Start it when the other findings are put right.");
        }
        return status.pausedSince() == null ? Finding.ok("worker", "Passerelle is at work.")
                : Finding.warning("worker_paused", "Passerelle is at work, and has been pausing for "
                                                   + Ages.words(Duration.between(status.pausedSince(), now)) + ": Paheko took nothing.",
                        "See what is said of Paheko above, and java -jar passerelle.jar status");
    }

    private static String count(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }
}
