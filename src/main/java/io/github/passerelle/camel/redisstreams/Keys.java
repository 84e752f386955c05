package io.github.passerelle.camel.redisstreams;

/**
 * The keys that are kept beside a stream for one group of it. The braces put all of them into the stream's own slot of a Redis Cluster.
 *
 * @param stream the key of the stream
 * @param group  the consumer group
 */
record Keys(String stream, String group) {

    /** Hash: the records of rounds. Shared by all groups; see {@link #field}. */
    String due() {
        return "{" + stream + "}:due";
    }

    /** The field of an entry in {@link #due()}. */
    String field(EntryId id) {
        return group + " " + id;
    }

    /** String that expires: sign of life of the consumer that is at work. */
    String leader() {
        return "{" + stream + "}:leader:" + group;
    }

    /** Set: ids of entries that were made due while the consumer did not expect it. */
    String replay() {
        return "{" + stream + "}:replay:" + group;
    }

    /** Hash: how many entries were trimmed before the group had read them; a field for each group. */
    String trimmed() {
        return "{" + stream + "}:trimmed";
    }

    /** Hash: when Redis was last found to have lost entries that the group had read; a field for each group. */
    String rolledBack() {
        return "{" + stream + "}:rolledback";
    }

    /** Hash: where a person had the group begin. */
    String start() {
        return "{" + stream + "}:start:" + group;
    }

    /** Sorted set: the ids of the entries that are put aside, by the time when they were. */
    String quarantine() {
        return "{" + stream + "}:quarantine:" + group;
    }

    /** Sorted set: the ids of the entries that were acknowledged after they had been put aside, or were discarded, by the time when they were. */
    String closed() {
        return quarantine() + ":closed";
    }

    /** Sorted set: the scopes in which acknowledgements have counted, by the time of the last one. */
    String counted() {
        return "{" + stream + "}:counted:" + group;
    }

    /** Hash: what was counted under a name. */
    String counters(String name) {
        return counted() + ":" + name;
    }

    /** Hash: what is known of an entry that is or was put aside, or was discarded. */
    String record(EntryId id) {
        return quarantine() + ":" + id;
    }

    /** Hash: the fields of an entry that is or was put aside, as they lay in the stream. */
    String content(EntryId id) {
        return record(id) + ":entry";
    }
}
