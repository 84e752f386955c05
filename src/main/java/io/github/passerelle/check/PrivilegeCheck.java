package io.github.passerelle.check;

/**
 * Whether the key may do what is needed, and no more. Paheko does not tell: it is seen by what it says to requests that hold nothing.
 */
final class PrivilegeCheck {

    private static final String LEAST = "Passerelle needs one that may read and change the data (Peut lire et modifier les données).";

    private PrivilegeCheck() {
    }

    /** @param answer to an entry with nothing in it */
    static Finding toBook(ApiAnswer answer) {
        if (answer.isRightMissing()) {
            return Finding.error("api_key_read_only", "The key may read, and not write: nothing can be booked with it.",
                    "Make another one in Paheko, and put it into PAHEKO_API_USER and PAHEKO_API_PASSWORD. " + LEAST);
        }
        return mayBook(answer) ? Finding.ok("api_key_writes", "The key may book.")
                : Finding.error("api_booking_fails", "Whether the key may book cannot be told (" + answer.summary() + ").",
                        "See the log of Paheko, and what stands between.");
    }

    static boolean mayBook(ApiAnswer answer) {
        return isFaultNamed(answer);
    }

    /** @param answer to the report of an error that is none */
    static Finding moreThanNeeded(ApiAnswer answer) {
        if (answer.isRightMissing()) {
            return Finding.ok("api_key_least", "The key may do no more than is needed.");
        }
        return isFaultNamed(answer)
                ? Finding.warning("api_key_admin", "The key may do everything, as an administrator: more than is needed.",
                        "Make another one in Paheko, and delete this one. " + LEAST)
                : Finding.ok("api_key_least_unknown", "Whether the key may do more than is needed, this Paheko does not tell. " + LEAST);
    }

    /** Paheko looks at what a request holds only when the key may make it. */
    private static boolean isFaultNamed(ApiAnswer answer) {
        return answer.status() == 400 && !answer.words().isEmpty();
    }
}
