package io.github.passerelle.campaign;

import java.util.function.Consumer;

import io.github.passerelle.fixture.PahekoStandIn;

/** The receiver fails all that comes, for a while, again and again. */
final class OutageAct implements Act {

    private static final int IN_FLIGHT = 2;
    private static final int FAILURES = 3;

    private final String name;
    private final Consumer<PahekoStandIn> begin;
    private final Consumer<PahekoStandIn> end;
    private final boolean gone;
    private final int outages;
    private final int sales;

    private OutageAct(String name, Consumer<PahekoStandIn> begin, Consumer<PahekoStandIn> end, boolean gone, int outages, int sales) {
        this.name = name;
        this.begin = begin;
        this.end = end;
        this.gone = gone;
        this.outages = outages;
        this.sales = sales;
    }

    /** @param sales in all */
    static OutageAct answering(int status, int outages, int sales) {
        return new OutageAct("receiver: " + status + " for a while", paheko -> paheko.answer(status), PahekoStandIn::normal, false, outages, sales);
    }

    /** @param sales in all */
    static OutageAct refusingConnections(int outages, int sales) {
        return new OutageAct("receiver: connections refused", PahekoStandIn::stop, PahekoStandIn::startAgain, true, outages, sales);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void play(Scene scene) {
        Worker worker = scene.crew().start(IN_FLIGHT);
        int each = Math.max(2, sales / outages);
        for (int i = 0; i < outages; i++) {
            scene.load().sell(each);
            scene.awaitMoreRequests(1 + scene.random().nextInt(each / 2));
            outage(scene, worker);
        }
    }

    private void outage(Scene scene, Worker worker) {
        long since = System.nanoTime();
        long before = failures(worker);
        begin.accept(scene.paheko());
        if (gone) {
            scene.triesAreInvisible();
        }
        scene.load().sell(2);
        scene.await("some tries to fail", () -> failures(worker) >= before + FAILURES);
        if (gone) {
            // what was being answered when it went may be booked
            scene.incident(new Incident("the receiver went away", since, System.nanoTime(), worker.inFlight()));
        }
        end.accept(scene.paheko());
        scene.fault();
    }

    private static long failures(Worker worker) {
        return worker.process().linesWith("\"outcome\":\"failed\"").count();
    }
}
