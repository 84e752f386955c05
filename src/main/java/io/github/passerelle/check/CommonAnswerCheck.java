package io.github.passerelle.check;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What an answer says of Paheko, whatever was asked.
 */
final class CommonAnswerCheck {

    private final Place place;
    private final String expected;

    /** @param expected who should have answered */
    CommonAnswerCheck(Place place, String expected) {
        this.place = place;
        this.expected = expected;
    }

    /** What keeps it from being an answer to the question; empty when nothing does, or it cannot be told without knowing that. */
    Optional<Finding> look(HttpAnswer answer) {
        int status = answer.status();
        return switch (status) {
            case 408, 425, 429, 503 -> Optional.of(Finding.error("paheko_busy", "Paheko asks to come back later (" + status + ").",
                    "Try again; if it stays so, see whether Paheko is being upgraded, or what its log says."));
            default -> status / 100 == 3 ? Optional.of(redirected(answer)) : status >= 500 ? Optional.of(failing(answer))
                    : answer.isPage() ? Optional.of(page(status)) : Optional.empty();
        };
    }

    private Finding redirected(HttpAnswer answer) {
        return Finding.error("paheko_redirected", "Paheko points to another address (" + answer.status() + ")" + target(answer.header("Location"))
                                                  + "; it is not followed, as what opens Paheko would go there.",
                "If that is the address of " + expected + ", make it " + place.setting() + ". During an upgrade of Paheko, wait for its"
                                                                              + " end; if none is under way, open Paheko in a browser, which begins it.");
    }

    /** Without what may be a key or a password. */
    private static String target(String location) {
        try {
            URI uri = URI.create(location == null ? "" : location);
            if (uri.isOpaque() || uri.getHost() == null && uri.getPath().isEmpty()) {
                return "";
            }
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return ": " + (uri.getHost() == null ? "" : uri.getScheme() + "://" + uri.getHost() + port) + uri.getPath();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    static Finding failing(HttpAnswer answer) {
        return Finding.error("paheko_failing", "Paheko fails by itself (" + answer.status() + ").",
                "See its log, and that of its web server or PHP.");
    }

    private Finding page(int status) {
        return Finding.error("paheko_web_page", "A web page answers in place of " + expected + " (" + status + ").",
                "See that " + place.setting() + " is the address of " + expected + ", and that no proxy or login page stands before it.");
    }

    static Finding clock(HttpAnswer answer) {
        try {
            Instant second = ZonedDateTime.parse(String.valueOf(answer.header("Date")), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return new ClockCheck("paheko_clock", "Paheko", "times in the books and in the log are hard to compare otherwise")
                    .compare(second, second.plusSeconds(1), answer.asked(), answer.answered());
        } catch (DateTimeException e) {
            return Finding.ok("paheko_clock_unknown", "What Paheko's clock shows cannot be told: its answer names no date.");
        }
    }
}
