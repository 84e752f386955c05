package io.github.passerelle.camel.redisstreams;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a Redis says of itself. What it does not say, as the user may not ask for it or this Redis does not know it, is null.
 *
 * @param time           its clock
 * @param version        such as 7.0.15
 * @param replica        whether it is the copy of another Redis, and takes no writes
 * @param appendOnly     whether each write goes into the append-only file
 * @param appendFsync    when that file is written to the disk: {@code always}, {@code everysec} or {@code no}
 * @param appendFailed   whether the last write to that file failed
 * @param snapshotFailed whether the last snapshot failed
 * @param lastSnapshot   when the last snapshot was made, or Redis was started
 * @param eviction       what it deletes at its memory limit, as {@code maxmemory-policy} names it
 * @param maxMemory      its memory limit in bytes; 0 for none
 * @param usedMemory     the bytes it uses
 */
public record RedisServerStatus(Instant time, String version, Boolean replica, Boolean appendOnly, String appendFsync, Boolean appendFailed,
                                Boolean snapshotFailed, Instant lastSnapshot, String eviction, Long maxMemory, Long usedMemory) {

    /**
     * @param info        the answer to INFO, or nothing
     * @param appendFsync null when it is not known
     */
    static RedisServerStatus of(Instant time, String info, String appendFsync) {
        Map<String, String> fields = info.lines().map(line -> line.split(":", 2)).filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].strip(), (one, other) -> one));
        return new RedisServerStatus(time, fields.get("redis_version"), is(fields, "role", "slave"), is(fields, "aof_enabled", "1"), appendFsync,
                is(fields, "aof_last_write_status", "err"), is(fields, "rdb_last_bgsave_status", "err"),
                read(fields, "rdb_last_save_time", text -> Instant.ofEpochSecond(Long.parseLong(text))), fields.get("maxmemory_policy"),
                read(fields, "maxmemory", Long::valueOf), read(fields, "used_memory", Long::valueOf));
    }

    private static Boolean is(Map<String, String> fields, String name, String value) {
        return fields.containsKey(name) ? fields.get(name).equals(value) : null;
    }

    private static <T> T read(Map<String, String> fields, String name, Function<String, T> reader) {
        try {
            return fields.containsKey(name) ? reader.apply(fields.get(name)) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
