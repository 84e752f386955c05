package io.github.passerelle.camel.redisstreams;

/** What must be done now and then while something else takes long. */
@FunctionalInterface
interface Meanwhile {

    void run() throws InterruptedException;
}
