package io.github.passerelle.benchmark;

/** Something is wrong with what was measured, so that the figures mean nothing. */
final class BenchmarkFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchmarkFailure(String message) {
        super(message);
    }
}
