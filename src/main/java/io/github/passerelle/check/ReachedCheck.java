package io.github.passerelle.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known as soon as anything answers.
 */
final class ReachedCheck {

    private final Place place;
    private final Instant now;

    ReachedCheck(Place place, Instant now) {
        this.place = place;
        this.now = now;
    }

    List<Finding> look(HttpAnswer answer) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("paheko_reached", "Paheko answers at " + place.address() + "."));
        if (answer.certificate() != null) {
            findings.add(new CertificateCheck(now).look(place.host(), answer.certificate()));
        }
        return findings;
    }
}
