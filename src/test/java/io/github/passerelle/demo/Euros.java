package io.github.passerelle.demo;

import java.util.Locale;

/** Cents for a person to read. */
final class Euros {

    private Euros() {
    }

    static String of(long cents) {
        return String.format(Locale.ROOT, "%d.%02d EUR", cents / 100, cents % 100);
    }
}
