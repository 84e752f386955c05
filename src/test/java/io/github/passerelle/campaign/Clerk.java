package io.github.passerelle.campaign;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.github.passerelle.camel.redisstreams.Decision;
import io.github.passerelle.camel.redisstreams.EntryId;
import io.github.passerelle.camel.redisstreams.EntryStatus;
import io.github.passerelle.camel.redisstreams.RedisStreamsAdmin;
import io.github.passerelle.camel.redisstreams.RedisStreamsConfiguration;
import io.github.passerelle.fixture.Till;
import io.github.passerelle.push.Dossier;

/** The person who decides about what was put aside: notes why it was, and has it sent again, or discards it where that is no use. */
final class Clerk implements AutoCloseable {

    private static final int MOST = 1000;
    private static final String TRIMMED = "trimmed";

    private final RedisStreamsAdmin admin;
    private final Predicate<String> isHopeless;
    private final Map<String, String> quarantined = new LinkedHashMap<>();
    private final Set<String> discarded = new LinkedHashSet<>();
    private final Set<String> trimmed = new LinkedHashSet<>();

    /** @param isHopeless whether the receiver will always refuse the entry with this id */
    Clerk(String redisUrl, String user, String password, Predicate<String> isHopeless) {
        this.isHopeless = isHopeless;
        RedisStreamsConfiguration configuration = new RedisStreamsConfiguration();
        configuration.setUrl(redisUrl);
        configuration.setUsername(user);
        configuration.setPassword(password);
        configuration.setStream(Till.STREAM);
        configuration.setGroup(Till.GROUP);
        admin = RedisStreamsAdmin.connect(configuration);
    }

    synchronized void decide() {
        try {
            for (EntryStatus entry : admin.pendingAfter(EntryId.MIN, MOST)) {
                if (entry.state() == EntryStatus.State.PARKED) {
                    decide(entry);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void decide(EntryStatus entry) throws InterruptedException {
        String id = entry.id().toString();
        String cause = Dossier.parse(entry.note()).map(Dossier::cause).orElse("");
        quarantined.put(id, cause);
        if (TRIMMED.equals(cause)) {
            discard(entry, "its content is gone", trimmed);
        } else if (isHopeless.test(id)) {
            discard(entry, "refused for good", discarded);
        } else {
            admin.unpark(entry.id(), "once more", "the campaign");
        }
    }

    private void discard(EntryStatus entry, String reason, Set<String> kept) throws InterruptedException {
        if (admin.discard(entry.id(), reason, "the campaign") == Decision.DONE) {
            kept.add(entry.id().toString());
        }
    }

    synchronized Map<String, String> quarantined() {
        return Map.copyOf(quarantined);
    }

    synchronized Set<String> discarded() {
        return Set.copyOf(discarded);
    }

    synchronized Set<String> trimmed() {
        return Set.copyOf(trimmed);
    }

    @Override
    public void close() {
        admin.close();
    }
}
