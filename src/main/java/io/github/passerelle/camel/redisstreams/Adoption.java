package io.github.passerelle.camel.redisstreams;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what other consumers of the group hold in the pending list: it goes under this consumer's name, and the next look at its own
 * pending list finds it there. An entry that was trimmed away is left to whom it belongs, as a claim would make Redis forget it.
 */
final class Adoption {

    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

    private static final int LISTED_TOGETHER = 500;

    // Redis does nothing else meanwhile, and copies each of these entries whole: a hundred of 4 MiB would keep it for more than a second
    private static final int CLAIMED_TOGETHER = 10;

    private final RedisStream stream;
    private final Meanwhile meanwhile;

    Adoption(RedisStream stream, Meanwhile meanwhile) {
        this.stream = stream;
        this.meanwhile = meanwhile;
    }

    /** @return what others hold and the stream holds no more */
    List<EntryId> adopt() throws InterruptedException {
        List<EntryId> trimmed = new ArrayList<>();
        Map<String, Integer> adopted = new TreeMap<>();
        EntryId last = EntryId.MIN;
        while (last != null) {
            meanwhile.run();
            RedisStream.AdoptedPage page = stream.adoptAfter(last, LISTED_TOGETHER, CLAIMED_TOGETHER);
            page.claimedFrom().forEach(consumer -> adopted.merge(consumer, 1, Integer::sum));
            trimmed.addAll(page.trimmed());
            last = page.last();
        }
        adopted.forEach((consumer, entries) -> LOG.info("Took over {} pending entries of stream {} from consumer {}", entries,
                stream.name(), consumer));
        return trimmed;
    }
}
