package io.github.passerelle.demo;

/** The demonstration did not end as it must; the message is for the person who started it. */
final class DemoFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }
}
