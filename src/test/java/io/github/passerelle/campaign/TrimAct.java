package io.github.passerelle.campaign;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.Till;

/** The stream is trimmed while some entries are pending and others were not read yet. */
final class TrimAct implements Act {

    private static final int SALES = 60;
    private static final int KEPT = 30;
    private static final int TRIED = 3;

    @Override
    public String name() {
        return "stream trimmed";
    }

    @Override
    public void play(Scene scene) {
        scene.load().sell(SALES);
        scene.paheko().always(Behaviour.answer(503));
        Worker worker = scene.crew().start(1);
        scene.awaitMoreRequests(TRIED);
        scene.crew().end(worker);
        scene.paheko().normal();
        scene.redis().command("XTRIM", Till.STREAM, "MAXLEN", KEPT);
        scene.noteTrim();
        scene.fault();
        scene.crew().start(1);
        scene.load().sell(SALES);
    }
}
