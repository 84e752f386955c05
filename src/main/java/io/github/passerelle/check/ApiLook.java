package io.github.passerelle.check;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.passerelle.booking.InvalidMappingException;
import io.github.passerelle.booking.Mapping;
import io.github.passerelle.booking.MappingFile;
import io.github.passerelle.push.Periods;

/**
 * One conversation with Paheko's own API: each answer says whether the next question makes sense.
 */
final class ApiLook {

    // so that neither the question nor its answer is cut
    private static final int ACCOUNTS_AT_ONCE = 100;

    private final Place place;
    private final Api api;
    private final CommonAnswerCheck common;
    private final Clock clock;
    private final List<Finding> findings;

    /** @param findings where they go, one by one: what was found before a failure is known then */
    ApiLook(Place place, Api api, Clock clock, List<Finding> findings) {
        this.place = place;
        this.api = api;
        this.clock = clock;
        this.findings = findings;
        common = new CommonAnswerCheck(place, "Paheko");
    }

    void look(Path mapping) throws Exception {
        HttpAnswer first = api.lookUp();
        findings.addAll(new ReachedCheck(place, clock.instant()).look(first));
        findings.add(CommonAnswerCheck.clock(first));
        LookUpCheck lookUp = new LookUpCheck(place, new ApiAnswer(first));
        Optional<Finding> odd = common.look(first);
        odd.ifPresentOrElse(findings::add, () -> findings.addAll(lookUp.look()));
        if (odd.isEmpty() && lookUp.isAccepted()) {
            lookAtPrivilege();
            if (lookUp.finds()) {
                lookAtBooks(mapping);
            }
        }
    }

    private void lookAtPrivilege() throws Exception {
        Optional<ApiAnswer> booking = usable(api.bookNothing());
        booking.map(PrivilegeCheck::toBook).ifPresent(findings::add);
        if (booking.isPresent() && PrivilegeCheck.mayBook(booking.get())) {
            // whatever comes: more than this nobody can tell
            findings.add(PrivilegeCheck.moreThanNeeded(new ApiAnswer(api.reportNothing())));
        }
    }

    private void lookAtBooks(Path file) throws Exception {
        Mapping mapping;
        try {
            mapping = MappingFile.read(file);
        } catch (InvalidMappingException e) {
            // told by the check of the mapping
            return;
        }
        Optional<ApiAnswer> answer = usable(api.years());
        if (answer.isEmpty()) {
            return;
        }
        Optional<List<AccountingYear>> years = answer.get().years();
        if (years.isEmpty()) {
            findings.add(unreadable("its years", answer.get()));
            return;
        }
        YearCheck year = new YearCheck(mapping.year(), LocalDate.ofInstant(clock.instant(), Periods.ZONE), years.get());
        findings.addAll(year.look());
        Map<Long, String> charts = new LinkedHashMap<>();
        year.usable().forEach(usable -> charts.put(usable.chart(), usable.chartWords()));
        for (Map.Entry<Long, String> chart : charts.entrySet()) {
            lookAtAccounts(chart.getKey(), new AccountsCheck(chart.getValue(), mapping.accounts()), List.copyOf(mapping.accounts()));
        }
    }

    private void lookAtAccounts(long chart, AccountsCheck accounts, List<String> wanted) throws Exception {
        for (int from = 0; from < wanted.size(); from += ACCOUNTS_AT_ONCE) {
            Optional<ApiAnswer> answer = usable(api.accounts(chart, wanted.subList(from, Math.min(wanted.size(), from + ACCOUNTS_AT_ONCE))));
            if (answer.isEmpty()) {
                return;
            }
            if (!accounts.take(answer.get())) {
                findings.add(unreadable("its accounts", answer.get()));
                return;
            }
        }
        findings.addAll(accounts.look());
    }

    /** Empty where anything but the API answers, or it cannot. */
    private Optional<ApiAnswer> usable(HttpAnswer answer) {
        Optional<Finding> odd = common.look(answer);
        odd.ifPresent(findings::add);
        return odd.isEmpty() ? Optional.of(new ApiAnswer(answer)) : Optional.empty();
    }

    private static Finding unreadable(String what, ApiAnswer answer) {
        return Finding.error("api_answer_unreadable", "Paheko does not tell " + what + " as it should (" + answer.summary() + ").",
                "See that this is Paheko 1.3 or later, and what its log says.");
    }
}
