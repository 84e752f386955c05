package io.github.passerelle.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.passerelle.camel.redisstreams.ConsumerStatus;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.RedisStreamsConsumer;
import io.github.passerelle.camel.redisstreams.RedisStreamsException;
import io.github.passerelle.camel.redisstreams.StreamStatus;
import io.github.passerelle.push.Periods;

/**
 * Logs one line for each day that is over, and keeps how many entries were on their way. A route calls it again and again; only the process at
 * work does something, and Redis knows which lines were logged.
 */
public class Diary {

    private static final Logger LOG = LoggerFactory.getLogger(Diary.class);

    /** After the end of a day, for what was delivered in its last moment. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Clock clock;
    private String routeId;
    private volatile LocalDate writtenUntil;

    public Diary() {
        this(Clock.systemUTC());
    }

    Diary(Clock clock) {
        this.clock = clock;
    }

    /** The id of the route that carries the sales. */
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }

    /** Does what there is to do at this moment. */
    public void write(CamelContext context) throws InterruptedException {
        Route route = context.getRoute(routeId);
        if (route != null && route.getConsumer() instanceof RedisStreamsConsumer consumer && isAtWork(consumer.status())) {
            try {
                RedisStreamsAdmin admin = consumer.getEndpoint().admin();
                keepBacklog(admin);
                writeLines(admin);
            } catch (RedisStreamsException e) {
                // the consumer tells what Redis is at; here it is tried again soon
                LOG.debug("Nothing was written of the days", e);
            }
        }
    }

    private static boolean isAtWork(ConsumerStatus consumer) {
        return consumer.running() && consumer.connected() && consumer.active();
    }

    private void keepBacklog(RedisStreamsAdmin admin) throws InterruptedException {
        StreamStatus status = admin.status();
        if (status.waiting() == null) {
            return;
        }
        long backlog = status.waiting() + status.pending();
        Instant now = clock.instant();
        admin.raise(Periods.nameOfHour(now), Periods.HOUR_KEPT_DAYS, Periods.BACKLOG, backlog);
        admin.raise(Periods.nameOfDay(Periods.day(now)), Periods.DAY_KEPT_DAYS, Periods.BACKLOG, backlog);
    }

    private void writeLines(RedisStreamsAdmin admin) throws InterruptedException {
        Instant now = clock.instant().minus(GRACE);
        LocalDate yesterday = Periods.day(now).minusDays(1);
        if (yesterday.equals(writtenUntil)) {
            return;
        }
        List<Day> days = new Queries(admin, Clock.fixed(now, Periods.ZONE)).diary(Periods.DAY_KEPT_DAYS);
        for (Day day : days.subList(0, days.size() - 1)) {
            if (day.logged() == null && !day.counted().isEmpty()) {
                write(day, admin);
            }
        }
        writtenUntil = yesterday;
    }

    private static void write(Day day, RedisStreamsAdmin admin) throws InterruptedException {
        // before it is logged: whoever else may be at it logs it not, and no start repeats it
        if (admin.setOnce(Periods.nameOfDay(day.date()), Periods.DAY_KEPT_DAYS, Periods.LINE, day.line())) {
            Period counted = day.counted();
            LOG.atInfo().addKeyValue("day", day.date().toString()).addKeyValue("tickets", counted.tickets())
                    .addKeyValue("repeated", counted.repeated()).addKeyValue("refused", counted.refused()).addKeyValue("cents", counted.cents())
                    .log(day.line());
        }
    }
}
