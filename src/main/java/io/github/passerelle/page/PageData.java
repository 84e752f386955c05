package io.github.passerelle.page;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import org.apache.camel.Exchange;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.passerelle.health.Watch;
import io.github.passerelle.json.EntryJson;
import io.github.passerelle.json.FoundJson;
import io.github.passerelle.json.Json;
import io.github.passerelle.json.OverviewJson;
import io.github.passerelle.push.Channel;
import io.github.passerelle.tracking.Found;
import io.github.passerelle.tracking.LastCounted;
import io.github.passerelle.tracking.Overview;

/**
 * What the page shows. However many look, Redis is asked about each part once in a while; when it does not answer in time, that is the answer.
 */
public class PageData {

    /** How things are, and what was delivered last. */
    private record State(Overview overview, Optional<LastCounted> lastCounted) {
    }

    private static final long PATIENCE_MILLIS = 1_500;
    private static final long SEARCH_MILLIS = 5_000;
    private static final int LONGEST_ID = 200;
    private static final int SESSIONS = 30;
    private static final int AMOUNTS = 50;

    private final Clock clock;
    private final Semaphore search = new Semaphore(1);
    private final RefusedEntries refused = new RefusedEntries();
    private PageTracking tracking;
    private AdminToken token;
    private Channel channel;
    private Watch watch;
    private Remembered<State> state;
    private Remembered<SessionsOfDay> sessions;
    private Remembered<byte[]> quarantine;
    private Remembered<byte[]> history;

    public PageData() {
        this(Clock.systemUTC());
    }

    PageData(Clock clock) {
        this.clock = clock;
    }

    public void setTracking(PageTracking tracking) {
        this.tracking = tracking;
        state = tracking.remember(() -> new State(tracking.queries().overview(), tracking.queries().lastCounted()), 1_000, PATIENCE_MILLIS);
        quarantine = tracking.remember(() -> refused.json(tracking.queries()), 2_000, PATIENCE_MILLIS);
        sessions = tracking.remember(() -> SessionsOfDay.of(tracking.queries().sessions(SESSIONS), clock.instant()), 2_000, PATIENCE_MILLIS);
        history = tracking.remember(() -> History.json(tracking.queries()), 20_000, PATIENCE_MILLIS);
    }

    public void setToken(AdminToken token) {
        this.token = token;
    }

    public void setChannel(Channel channel) {
        this.channel = channel;
    }

    public void setWatch(Watch watch) {
        this.watch = watch;
    }

    /** How things are. */
    public void state(Exchange exchange) throws InterruptedException {
        ThisProcess process = ThisProcess.of(watch);
        ObjectNode json = Json.object();
        try {
            State known = state.get();
            json.put("known", true).put("at", EntryJson.text(known.overview().at()));
            put(json.putArray("findings"), Findings.of(known.overview(), watch.isConfigured(), different(), watch.stall()));
            OverviewJson.put(json, known.overview());
            LastDelivery.of(channel, known.lastCounted()).put(json);
        } catch (UnknownException e) {
            json.put("known", false).put("at", EntryJson.text(clock.instant()));
        }
        process.put(json).put("may_decide", token.isSet());
        PageAnswer.json(json.get("known").booleanValue() ? 200 : 503, json).send(exchange);
    }

    /** Null when it is not known. */
    private Long different() throws InterruptedException {
        try {
            return sessions.get().different();
        } catch (UnknownException e) {
            return null;
        }
    }

    private static void put(ArrayNode array, List<Finding> findings) {
        findings.forEach(finding -> array.addObject().put("what", finding.what().code()).put("level", finding.level().code())
                .put("count", finding.count()).put("since", EntryJson.text(finding.since())).put("cause", finding.cause()));
    }

    /** What is put aside until a person decides. */
    public void quarantine(Exchange exchange) throws InterruptedException {
        send(quarantine::get, exchange);
    }

    /** The cash sessions of the day. */
    public void sessions(Exchange exchange) throws InterruptedException {
        send(() -> Json.bytes(sessions.get().json()), exchange);
    }

    /** What happened in the last day and week. */
    public void history(Exchange exchange) throws InterruptedException {
        send(history::get, exchange);
    }

    /** Where the entries are that an id names. This looks through the whole stream, so one search goes on at a time. */
    public void where(Exchange exchange) throws InterruptedException {
        String id = Request.of(exchange).parameter("id").map(String::strip).orElse("");
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            PageAnswer.error(400, "id").send(exchange);
        } else if (!search.tryAcquire()) {
            PageAnswer.error(503, "busy").with("Retry-After", "1").send(exchange);
        } else {
            send(() -> tracking.ask(() -> {
                try {
                    return found(id);
                } finally {
                    search.release();
                }
            }, SEARCH_MILLIS), exchange);
        }
    }

    /** With the amounts, unless it is a whole day's worth of sales. */
    private byte[] found(String id) throws InterruptedException {
        Found found = tracking.queries().where(id);
        ObjectNode json = FoundJson.of(id, found);
        for (int i = 0; i < Math.min(AMOUNTS, found.entries().size()); i++) {
            Long cents = tracking.queries().cents(found.entries().get(i).id()).orElse(null);
            ((ObjectNode) json.get("entries").get(i)).put("cents", cents);
        }
        return Json.bytes(json);
    }

    /** What was decided shows at once. */
    void forget() {
        state.forget();
        quarantine.forget();
        sessions.forget();
    }

    private interface Part {
        byte[] get() throws UnknownException, InterruptedException;
    }

    private static void send(Part part, Exchange exchange) throws InterruptedException {
        try {
            PageAnswer.json(200, part.get()).send(exchange);
        } catch (UnknownException e) {
            PageAnswer.error(503, "unknown").send(exchange);
        }
    }
}
