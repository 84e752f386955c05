package io.github.passerelle.campaign;

import java.util.List;

/** Redis is killed in the midst of the work and started again; the worker lives. */
final class RedisKillAct implements Act {

    private static final int IN_FLIGHT = 2;

    private final String fsync;
    private final int kills;
    private final int sales;

    /**
     * @param fsync when Redis writes to disk: {@code always} or {@code everysec}
     * @param sales for each kill
     */
    RedisKillAct(String fsync, int kills, int sales) {
        this.fsync = fsync;
        this.kills = kills;
        this.sales = sales;
    }

    @Override
    public String name() {
        return "kill -9 of Redis, appendfsync " + fsync;
    }

    @Override
    public List<String> redisArguments() {
        return List.of("--appendfsync", fsync);
    }

    @Override
    public void play(Scene scene) {
        scene.crew().start(IN_FLIGHT);
        for (int i = 0; i < kills; i++) {
            scene.load().sell(sales);
            scene.awaitMoreRequests(1 + scene.random().nextInt(sales / 2));
            scene.killRedis();
        }
    }
}
