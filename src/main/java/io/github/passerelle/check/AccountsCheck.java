package io.github.passerelle.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Whether the accounts of the mapping are in a chart of Paheko.
 */
final class AccountsCheck {

    private final String chart;
    private final Collection<String> wanted;
    // whether each is archived
    private final Map<String, Boolean> found = new HashMap<>();

    /** @param chart its name, or what else it is known by */
    AccountsCheck(String chart, Collection<String> wanted) {
        this.chart = chart;
        this.wanted = wanted;
    }

    /** Takes note of an answer; false where that does not tell. */
    boolean take(ApiAnswer answer) {
        Optional<JsonNode> results = answer.results();
        results.ifPresent(accounts -> accounts.forEach(account -> found.put(account.path("code").asText(), account.path("archived").asBoolean())));
        return results.isPresent();
    }

    List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        for (String account : wanted) {
            if (!found.containsKey(account)) {
                findings.add(Finding.error("account_missing", "There is no account " + account + " in the chart " + chart
                                                              + ": a session that needs it will not be booked.",
                        "Add it in Paheko (Comptabilité, Plans comptables), or name another one in the mapping."));
            } else if (found.get(account)) {
                findings.add(Finding.warning("account_archived", "The account " + account + " of the chart " + chart
                                                                 + " is archived: Paheko books into it all the same.",
                        "If it is not to be used any more, name another one in the mapping."));
            }
        }
        if (found.keySet().containsAll(wanted)) {
            findings.add(0, Finding.ok("accounts_there", "All " + wanted.size() + " accounts of the mapping are in the chart " + chart + "."));
        }
        return findings;
    }
}
