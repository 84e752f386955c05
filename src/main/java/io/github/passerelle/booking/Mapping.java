package io.github.passerelle.booking;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which accounts the sales of the till go to in Paheko.
 *
 * @param payments    the account of each payment method
 * @param sales       the account of sales
 * @param categories  accounts of single categories, by their id
 * @param gifts       the account of gifts; null when there is none
 * @param presets     the presets whose items are gifts
 * @param differences what a difference in the till goes to; null when that is not said
 * @param year        {@code match}, {@code current} or the id of a year
 * @param label       how the label of an entry begins
 */
public record Mapping(Map<String, String> payments, String sales, Map<String, String> categories, String gifts, Set<String> presets,
                      Differences differences, String year, String label) {

    static final String MATCH = "match";
    static final String LABEL = "Caisse RecyClique";

    /**
     * Where the difference between what is in the till and what should be goes.
     *
     * @param cash     the payment method of the cash in the till
     * @param surplus  the account when there is too much
     * @param shortage the account when there is too little
     */
    public record Differences(String cash, String surplus, String shortage) {
    }

    public Mapping {
        payments = Map.copyOf(payments);
        categories = Map.copyOf(categories);
        presets = Set.copyOf(presets);
    }

    /** Every account that an entry may name. */
    public Set<String> accounts() {
        Set<String> accounts = new TreeSet<>(payments.values());
        accounts.add(sales);
        accounts.addAll(categories.values());
        Optional.ofNullable(gifts).ifPresent(accounts::add);
        if (differences != null) {
            accounts.add(differences.surplus());
            accounts.add(differences.shortage());
        }
        return accounts;
    }

    String salesOf(String category) {
        return category == null ? sales : Objects.requireNonNullElse(categories.get(category), sales);
    }
}
