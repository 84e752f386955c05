package io.github.passerelle.tracking;

import java.util.Map;

import io.github.passerelle.push.Expected;

/**
 * What was delivered of a cash session, beside what the till says. Amounts are cents; null is what is not known.
 *
 * @param lines         sale lines delivered
 * @param cents         the sum of the tickets delivered
 * @param unreadable    tickets delivered whose amounts are unknown, and so stand neither in the lines nor in the sum
 * @param skipped       entries that were left out on purpose, and not sent
 * @param payments      what was paid, by payment method
 * @param expected      what the till says in the close of the session; null before that is published
 * @param totals        whether the two agree by now: {@code equal}, {@code different} or {@code unknown}; null before the close is published
 * @param totalsAtClose the same at the moment when the close was sent; null before that
 * @param url           where its entry stands in the books of Paheko; null where each entry goes to the plugin, and before it is booked
 * @param bookedTwice   whether it was found there more than once
 */
public record Books(Long lines, Long cents, Long unreadable, Long skipped, Map<String, Long> payments, Expected expected,
                    String totals, String totalsAtClose, String url, boolean bookedTwice) {

    /** What was delivered is not what the till says. */
    public static final String DIFFERENT = "different";
}
