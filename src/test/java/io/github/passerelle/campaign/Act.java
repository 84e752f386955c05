package io.github.passerelle.campaign;

import java.util.List;

/** One way to break things, over and over. */
interface Act {

    String name();

    /** Breaks things; what is left is brought to rest afterwards. */
    void play(Scene scene);

    /** Arguments of redis-server that it needs. */
    default List<String> redisArguments() {
        return List.of();
    }
}
