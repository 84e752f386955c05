package io.github.passerelle.campaign;

import java.util.List;

/** What was dropped from the stream before it was delivered is in quarantine as trimmed if it had been read, and counted if it had not. */
final class TrimmedIsCounted implements Invariant {

    @Override
    public List<String> breaches(Facts facts) {
        long read = facts.quarantined().values().stream().filter("trimmed"::equals).count();
        return facts.trimmed().size() == read + facts.trimmedUnread() ? List.of()
                : List.of("trimmed: the stream dropped " + facts.trimmed().size() + " undelivered entries, of which " + read
                        + " are in quarantine and " + facts.trimmedUnread() + " counted: " + facts.trimmed());
    }
}
