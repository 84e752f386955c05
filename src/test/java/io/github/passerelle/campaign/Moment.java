package io.github.passerelle.campaign;

import java.time.Duration;
import java.util.Random;

import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.Hold;

/** When in the way of a sale the worker is killed. It is hit from outside: at the receiver, or on the wire to Redis. */
enum Moment {

    BEFORE_READ("before the read") {
        @Override
        void kill(Scene scene, Worker worker) {
            atGate(scene, worker, Point.READ_ASKED);
        }
    },
    AFTER_READ("after the read") {
        @Override
        void kill(Scene scene, Worker worker) {
            atGate(scene, worker, Point.READ_ANSWERED);
        }
    },
    DURING_POST("during the POST") {
        @Override
        void kill(Scene scene, Worker worker) {
            Hold hold = hold(scene);
            scene.crew().kill(worker);
            hold.release();
        }
    },
    AFTER_ANSWER("after the 2xx") {
        @Override
        void kill(Scene scene, Worker worker) {
            atGate(scene, worker, Point.ACK_ASKED);
        }
    },
    AFTER_ACKNOWLEDGEMENT("after the acknowledgement") {
        @Override
        void kill(Scene scene, Worker worker) {
            atGate(scene, worker, Point.ACK_ANSWERED);
        }
    },
    DURING_STOP("during stop") {
        @Override
        void kill(Scene scene, Worker worker) {
            Hold hold = hold(scene);
            worker.process().sigterm();
            worker.process().awaitLine(line -> line.contains("Waiting as there are still"), Duration.ofSeconds(20));
            scene.crew().kill(worker);
            hold.release();
        }
    };

    private static final int MOST_READS = 12;
    private static final int MOST_REQUESTS = 50;

    private final String words;

    Moment(String words) {
        this.words = words;
    }

    /** Kills the worker at the next, or one of the next, such moments. There must be enough to do for it. */
    abstract void kill(Scene scene, Worker worker);

    private static void atGate(Scene scene, Worker worker, Point point) {
        boolean read = point == Point.READ_ASKED || point == Point.READ_ANSWERED;
        Stop stop = scene.gate().stopAt(point, scene.random().nextInt(read ? MOST_READS : MOST_REQUESTS));
        stop.awaitReached();
        scene.crew().kill(worker);
        stop.cut();
    }

    /** One request is read; once released, it is booked and answered, booked only, or neither. */
    private static Hold hold(Scene scene) {
        Random random = scene.random();
        Hold hold = switch (random.nextInt(3)) {
            case 0 -> new Hold(Behaviour.normal());
            case 1 -> new Hold(Behaviour.acceptThen(Behaviour.reset()));
            default -> new Hold(Behaviour.reset());
        };
        scene.paheko().answerNext(random.nextInt(MOST_REQUESTS), Behaviour.normal()).answerNext(1, hold);
        hold.awaitHeld();
        return hold;
    }

    @Override
    public String toString() {
        return words;
    }
}
