package io.github.passerelle.check;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether there is a year of the books that a session of today goes into.
 */
final class YearCheck {

    private static final String OPEN_ONE = "Open one in Paheko (Comptabilité, Exercices)";
    private static final String MATCH = "in the mapping make year \"match\", for the open year that holds the day of the sale.";

    private final String wanted;
    private final LocalDate today;
    private final List<AccountingYear> years;

    /**
     * @param wanted as the mapping says it: {@code match}, {@code current} or the id of a year
     * @param today  where the till stands
     */
    YearCheck(String wanted, LocalDate today, List<AccountingYear> years) {
        this.wanted = wanted;
        this.today = today;
        this.years = years;
    }

    /** Those that may be booked into. */
    List<AccountingYear> usable() {
        List<AccountingYear> open = years.stream().filter(AccountingYear::open).toList();
        return switch (wanted) {
            case "match" -> open;
            // as Paheko chooses it
            case "current" -> open.stream().sorted(Comparator.comparing((AccountingYear year) -> !year.holds(today))
                    .thenComparing(AccountingYear::start, Comparator.reverseOrder())).limit(1).toList();
            default -> open.stream().filter(this::isNamed).toList();
        };
    }

    List<Finding> look() {
        List<AccountingYear> usable = usable();
        if (usable.isEmpty()) {
            return List.of(none());
        }
        List<Finding> findings = new ArrayList<>();
        List<AccountingYear> ofToday = usable.stream().filter(year -> year.holds(today)).toList();
        ofToday.forEach(year -> findings.add(Finding.ok("year_open", "The year " + year.words() + " is open, and holds today.")));
        if (ofToday.isEmpty()) {
            findings.add(Finding.error("year_not_of_today", "Today, " + today + ", lies in no year that is booked into: " + words(usable)
                                                            + ". No session of today will be booked.",
                    wanted.equals("match") ? OPEN_ONE + " that begins in time." : OPEN_ONE + " if there is none; " + MATCH));
        }
        return findings;
    }

    private Finding none() {
        AccountingYear named = years.stream().filter(this::isNamed).findFirst().orElse(null);
        if (named != null) {
            return Finding.error("year_closed", "The year " + named.words() + " of the mapping is closed or locked: nothing can be booked into it.",
                    "Name another one, or " + MATCH);
        }
        if (wanted.matches("[0-9]+")) {
            return Finding.error("year_missing", "There is no year " + wanted + " in Paheko, which the mapping names; there are: " + words(years) + ".",
                    "Name one of these, or " + MATCH);
        }
        return Finding.error("year_none_open", "No year is open in Paheko: nothing can be booked.", OPEN_ONE + ".");
    }

    private boolean isNamed(AccountingYear year) {
        return String.valueOf(year.id()).equals(wanted);
    }

    private static String words(List<AccountingYear> years) {
        return years.isEmpty() ? "none" : years.stream().map(AccountingYear::words).collect(Collectors.joining("; "));
    }
}
