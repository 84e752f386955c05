package io.github.passerelle.demo;

import java.io.PrintStream;
import java.util.Locale;

/** Tells what happens, one short line each, in columns. Colours only where somebody looks at a terminal. */
final class Narrator {

    /** How a line is meant. */
    enum Tone {
        PLAIN(""), GOOD("32"), WARNING("33"), BAD("31"), LOUD("1");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final boolean colours;
    private final long start = System.nanoTime();

    Narrator(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** Who did what, with the time since the start. */
    void tell(String who, Tone tone, String what) {
        double seconds = (System.nanoTime() - start) / 1e9;
        print(String.format(Locale.ROOT, "%6.1f s  %-11s", seconds, who) + paint(tone, what));
    }

    void tell(String who, String what) {
        tell(who, Tone.PLAIN, what);
    }

    void title(String text) {
        print("\n" + paint(Tone.LOUD, text));
    }

    void line(Tone tone, String text) {
        print(paint(tone, text));
    }

    void line(String text) {
        print(text);
    }

    private synchronized void print(String line) {
        out.println(line);
        out.flush();
    }

    private String paint(Tone tone, String text) {
        return colours && !tone.code.isEmpty() ? "\u001b[" + tone.code + "m" + text + "\u001b[0m" : text;
    }
}
