package io.github.passerelle.check;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A year of Paheko's books.
 *
 * @param chart     the id of the chart that its accounts are in
 * @param chartName empty where Paheko does not tell
 */
record AccountingYear(long id, String label, LocalDate start, LocalDate end, boolean open, long chart, String chartName) {

    /** Empty where that is none. */
    static Optional<AccountingYear> read(JsonNode year) {
        try {
            return year.path("id").isIntegralNumber() && year.path("id_chart").isIntegralNumber() && year.path("status").isIntegralNumber()
                    ? Optional.of(new AccountingYear(year.path("id").longValue(), year.path("label").asText(),
                            LocalDate.parse(year.path("start_date").asText()), LocalDate.parse(year.path("end_date").asText()),
                            year.path("status").intValue() == 0, year.path("id_chart").longValue(), year.path("chart_name").asText()))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean holds(LocalDate date) {
        return !date.isBefore(start) && !date.isAfter(end);
    }

    String chartWords() {
        return chartName.isEmpty() ? String.valueOf(chart) : chartName;
    }

    /** As Paheko shows it, with its id, which the mapping may name. */
    String words() {
        return label + " (" + id + ", " + start + " to " + end + ")";
    }
}
