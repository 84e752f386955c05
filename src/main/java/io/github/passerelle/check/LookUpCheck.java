package io.github.passerelle.check;

import java.util.List;

/**
 * What the answer to a look-up says: whether Paheko's own API is there, accepts the credentials, and finds.
 */
final class LookUpCheck {

    private final Place place;
    private final ApiAnswer answer;

    LookUpCheck(Place place, ApiAnswer answer) {
        this.place = place;
        this.answer = answer;
    }

    boolean isAccepted() {
        return finds() || isStatement();
    }

    boolean finds() {
        return answer.results().isPresent();
    }

    /** Paheko looks at a statement only when it knows who asks. */
    private boolean isStatement() {
        return answer.status() == 400 && !answer.words().isEmpty();
    }

    List<Finding> look() {
        Finding accepted = Finding.ok("api_credentials_accepted", "The API accepts user and password.");
        if (finds()) {
            return List.of(accepted, Finding.ok("api_look_up", "What is booked already can be looked up by its reference."));
        }
        if (isStatement()) {
            return List.of(accepted, Finding.error("api_look_up_fails", "What is booked already cannot be looked up (" + answer.summary()
                                                                        + "): nothing is booked without that.",
                    "See that this is Paheko 1.3 or later, and that its API takes SQL (/api/sql)."));
        }
        return List.of(switch (answer.status()) {
            case 401 -> Finding.error("api_credentials_lost", "User and password were sent, and do not reach Paheko (" + answer.summary() + ").",
                    "Have its web server hand on the header Authorization to PHP (Apache: CGIPassAuth On), and the proxy before it.");
            case 403 -> Finding.error("api_credentials_refused", "User and password are not accepted (" + answer.summary() + ").",
                    "Make PAHEKO_API_USER and PAHEKO_API_PASSWORD what Paheko showed when the key was made (Configuration, Fonctions avancées,"
                                                                                                         + " Gérer les accès à l'API); the password is shown but once.");
            case 404, 405, 410 -> Finding.error("paheko_not_found", "There is no API of Paheko at " + place.address() + "/api (" + answer.summary() + ").",
                    "Make PAHEKO_API_URL the address at which Paheko begins, as it stands in the browser, without /admin and what follows.");
            default -> Finding.error("paheko_not_the_api", "What answers at " + place.address() + "/api (" + answer.summary()
                                                           + ") is not the API of Paheko.",
                    "See that PAHEKO_API_URL is the address of a Paheko, and what answers in its place.");
        });
    }
}
