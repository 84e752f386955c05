package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnCompletionDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.RawHttp;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;

/** Every step of the shipped routes is taken by one of the cases here; a step that is added needs a case that leads to it. */
class RouteCoverageTest extends ChannelTest {

    private static final String TOKEN = "token-of-the-route-coverage";

    @Test
    void everyStepOfTheShippedRoutesIsTaken() throws Exception {
        PasserelleApp app = start(app().setting("PASSERELLE_ADMIN_TOKEN", TOKEN).setting("PAHEKO_PUSH_MAX_RETRIES", 0).setting("PAHEKO_PUSH_REPLAY_SECONDS", 0.1)
                .setting("PAHEKO_PUSH_REPLAY_MAX_SECONDS", 0.1)
                .setting("PAHEKO_PUSH_SKIP_VIRTUAL", true).setting("PAHEKO_PUSH_HOLD_ON_DIFFERENCE", true)
                .property("camel.beans.visitedSteps", "#class:" + VisitedSteps.class.getName()));
        VisitedSteps visited = app.bean("visitedSteps", VisitedSteps.class);
        List<String> steps = steps((ModelCamelContext) app.context());
        assertThat(steps).contains("post", "ack", "park", "not-paheko", "alone-quarantine", "forget-secret", "report");

        // two rounds without an answer that counts, then delivered
        paheko.answerNext(2, Behaviour.answer(503));
        untilAcknowledged(publishTicket());
        untilQuarantined(till.publish(till.refusedTicket()));
        // alone with an answer that should concern all
        SaleEvent poison = till.ticket();
        paheko.when(of(poison), Behaviour.htmlPage());
        Published alone = till.publish(poison);
        until("put aside, as others are taken", () -> {
            untilNextSaleIsDelivered();
            return quarantined().contains(alone.entryId());
        });
        // alone with a fault of Paheko's own
        SaleEvent stubborn = till.ticket();
        paheko.when(of(stubborn), Behaviour.answer(500));
        Published failing = till.publish(stubborn);
        until("given up", () -> {
            untilNextSaleIsDelivered();
            return quarantined().contains(failing.entryId());
        });
        redis.xadd(stream, "event", "pos.ticket.created", "payload", "no JSON");
        till.publish(till.session(1).opened().with("real", "virtual"));
        CashSession incomplete = till.session(2);
        till.publish(incomplete.opened());
        till.publish(incomplete.closed());
        app.health();
        for (String path : List.of("/", "/page/page.js", "/api/state", "/api/quarantine", "/api/sessions", "/api/history", "/api/where?id=1-0")) {
            assertThat(app.get(path).statusCode()).as(path).isEqualTo(200);
        }
        for (String path : List.of("/api/enter", "/api/replay", "/api/discard", "/api/release")) {
            assertThat(RawHttp.of("POST " + path).header("Host", "localhost").header("X-Admin-Token", TOKEN).json("{}").send(app.port()).status())
                    .as(path).isIn(200, 400);
        }

        VisitedSteps ofApi = visitedInApiMode();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(Stream.concat(visited.ids().stream(), ofApi.ids().stream()).toList())
                .containsAll(steps));
    }

    /** A session that is booked, one of exercises, one without amounts, and one whose totals differ. */
    private VisitedSteps visitedInApiMode() {
        PasserelleApp app = start(app().api(paheko).stream(stream + ":api").property("camel.beans.visitedSteps", "#class:" + VisitedSteps.class.getName()));
        Till other = new Till(redis, stream + ":api", 7);
        other.publish(other.session(1));
        CashSession exercise = other.session(0);
        other.publish(exercise.opened().with("real", "virtual"));
        other.publish(exercise.closed());
        other.publish(other.session(0));
        CashSession incomplete = other.session(2);
        other.publish(incomplete.opened());
        other.publish(incomplete.closed());
        return app.bean("visitedSteps", VisitedSteps.class);
    }

    /** The ids of all steps: of the routes, and of what the error policy does with a failure or at the end. */
    private static List<String> steps(ModelCamelContext model) {
        List<String> ids = new ArrayList<>();
        for (RouteDefinition route : model.getRouteDefinitions()) {
            route.getOutputs().forEach(step -> collect(step, ids));
        }
        for (RouteConfigurationDefinition policy : model.getRouteConfigurationDefinitions()) {
            Stream.concat(policy.getOnExceptions().stream(), policy.getOnCompletions().stream())
                    .flatMap(rule -> rule.getOutputs().stream()).forEach(step -> collect(step, ids));
        }
        return ids;
    }

    private static void collect(ProcessorDefinition<?> step, List<String> ids) {
        if (step instanceof OnExceptionDefinition || step instanceof OnCompletionDefinition) {
            // Camel has put the rules into the route: what counts is what is done by them
            return;
        }
        ids.add(step.getId());
        step.getOutputs().forEach(inner -> collect(inner, ids));
    }
}
