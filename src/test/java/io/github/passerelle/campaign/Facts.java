package io.github.passerelle.campaign;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known when an act has ended and everything has come to rest.
 *
 * @param sold          what was published, in the order of the stream
 * @param received      what arrived
 * @param incidents     what explains a repetition
 * @param lostAnswers   the receiver lost answers on purpose: a request without one explains the next
 * @param visible       whether each try reached the receiver; else the first try that it saw may not have been the first
 * @param quarantined   entries that were put aside, each with the cause that was kept
 * @param discarded     entries that a person discarded
 * @param trimmed       entries that were dropped from the stream before they were delivered
 * @param trimmedUnread how many of them nobody had read, as the application has found
 * @param lostByRedis   entries that Redis itself does not have any more, and nobody had delivered
 * @param redisLost     Redis lost data in this act: what it counted of sessions until then is not whole
 * @param disturbed     sessions of which Redis lost or dropped something
 * @param pending       entries that are still pending
 * @param unread        entries that nobody has read
 * @param counted       what Redis counted of each session
 * @param days          what Redis counted of all days together, by field
 * @param secretsSaid   lines of output that hold a secret
 * @param memory        resident memory of the worker over the act, in KiB; empty where it was not watched
 */
record Facts(List<Sold> sold, ReceiverLedger received, List<Incident> incidents, boolean lostAnswers, boolean visible,
             Map<String, String> quarantined, Set<String> discarded, Set<String> trimmed, long trimmedUnread, Set<String> lostByRedis,
             boolean redisLost, Set<String> disturbed, List<String> pending, long unread, Map<String, Map<String, String>> counted,
             Map<String, Long> days, List<String> secretsSaid, List<Long> memory) {

    /** Whether nobody expects it to be delivered. */
    boolean isGivenUp(Sold entry) {
        return discarded.contains(entry.id()) || trimmed.contains(entry.id()) || lostByRedis.contains(entry.id());
    }
}
