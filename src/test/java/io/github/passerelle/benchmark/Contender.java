package io.github.passerelle.benchmark;

/** What is measured: something that carries entries from the stream to the receiver. */
interface Contender {

    /** A worker at work, until it is closed. */
    interface Running extends AutoCloseable {

        long pid();

        @Override
        void close();
    }

    String name();

    /** Starts it and returns at once. */
    Running start(Site site, String redisUrl, String receiverUrl);
}
