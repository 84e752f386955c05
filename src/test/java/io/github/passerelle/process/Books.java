package io.github.passerelle.process;

import java.util.Map;
import java.util.stream.Collectors;

import io.github.passerelle.fixture.StockApi;

/** What the tests have had booked in a Paheko. */
interface Books {

    /** What stands on each account, in cents: debit less credit. */
    Map<String, Long> balances();

    /** How often each reference stands there. */
    Map<String, Long> references();

    static Books of(StockApi api) {
        return new Books() {
            @Override
            public Map<String, Long> balances() {
                return api.balances();
            }

            @Override
            public Map<String, Long> references() {
                return api.transactions().stream().collect(Collectors.groupingBy(
                        transaction -> transaction.reference(), Collectors.counting()));
            }
        };
    }
}
