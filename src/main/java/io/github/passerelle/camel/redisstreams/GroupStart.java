package io.github.passerelle.camel.redisstreams;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Where a person had the group begin.
 *
 * @param first     what comes before it is not read
 * @param reason    the person's
 * @param author    who it was
 * @param decidedAt when
 */
public record GroupStart(EntryId first, String reason, String author, Instant decidedAt) {

    /** @return empty where there is none, or where somebody damaged it */
    static Optional<GroupStart> of(Map<String, String> fields) {
        try {
            return fields.containsKey("first") ? Optional.of(new GroupStart(EntryId.parse(fields.get("first")), fields.getOrDefault("reason", ""),
                    fields.getOrDefault("author", ""), Instant.ofEpochMilli(Long.parseLong(fields.getOrDefault("decidedAt", ""))))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
