package io.github.passerelle.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.passerelle.camel.redisstreams.RedisServerStatus;

/**
 * Whether a Redis keeps what it is given.
 */
final class RedisServerCheck {

    private static final int MEMORY_SHORT_PERCENT = 80;
    private static final String SEE = "; docs/delivery.md, What Redis must be told";

    private final RedisServerStatus server;

    RedisServerCheck(RedisServerStatus server) {
        this.server = server;
    }

    List<Finding> look(String url) {
        List<Finding> findings = new ArrayList<>();
        findings.add(version(url));
        if (server.version() == null) {
            findings.add(Finding.warning("redis_tells_nothing", "Redis does not say of itself whether it writes to the disk, what it evicts and how"
                                                                + " much memory it has: the user may not use INFO.",
                    "Ask whoever runs it whether appendonly is yes and maxmemory-policy is noeviction, or allow this user INFO."));
            return findings;
        }
        if (is(server.replica())) {
            findings.add(Finding.error("redis_replica", "This Redis is the copy of another one (replica) and takes no writes.",
                    "Put the address of its primary into REDIS_URL."));
        }
        findings.add(appendOnly());
        findings.addAll(snapshot());
        findings.add(eviction());
        findings.add(memory());
        return findings;
    }

    private Finding version(String url) {
        if (server.version() == null) {
            return Finding.ok("redis_reached", "Redis answers at " + url + "; which version it is, it does not say.");
        }
        String answers = "Redis " + server.version() + " answers at " + url + ".";
        if (isBefore(6, 2)) {
            return Finding.error("redis_too_old", answers, "Upgrade it: 6.2 or newer is needed.");
        }
        return isBefore(7, 0) ? Finding.warning("redis_old", answers + " It does, but cannot always tell how many entries wait.",
                "Upgrade it to 7 when that can be done.") : Finding.ok("redis_reached", answers);
    }

    private boolean isBefore(int major, int minor) {
        String[] parts = server.version().split("[^0-9]", 3);
        try {
            int first = Integer.parseInt(parts[0]);
            return first < major || first == major && parts.length > 1 && Integer.parseInt(parts[1]) < minor;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private Finding appendOnly() {
        if (!is(server.appendOnly())) {
            return Finding.warning("redis_aof_off", "Redis keeps no append-only file: a crash or a power cut loses the sales that came after the last"
                                                    + " snapshot.",
                    "appendonly yes, appendfsync everysec (or always)" + SEE);
        }
        if (is(server.appendFailed())) {
            return Finding.error("redis_aof_failing", "The last write of Redis to its append-only file failed: it takes no more writes.",
                    "See the log of Redis; most often its disk is full.");
        }
        if ("no".equals(server.appendFsync())) {
            return Finding.warning("redis_fsync_no", "Redis keeps an append-only file, but leaves it to the system when it reaches the disk.",
                    "appendfsync everysec (or always)" + SEE);
        }
        String synced = server.appendFsync() == null ? " (appendfsync: it does not say)." : ", appendfsync " + server.appendFsync() + ".";
        return Finding.ok("redis_aof", "Redis keeps an append-only file" + synced);
    }

    private List<Finding> snapshot() {
        return is(server.snapshotFailed()) ? List.of(Finding.error("redis_snapshot_failed", "The last snapshot of Redis failed, after which it"
                                                                                            + " usually takes no more writes.",
                "See the log of Redis; most often its disk is full or the folder cannot be written.")) : List.of();
    }

    private Finding eviction() {
        if (server.eviction() == null) {
            return Finding.warning("redis_eviction_unknown", "Redis does not say what it deletes when memory is short.",
                    "See that maxmemory-policy is noeviction" + SEE);
        }
        if ("noeviction".equals(server.eviction())) {
            return Finding.ok("redis_noeviction", "Redis deletes nothing when memory is short.");
        }
        String found = "maxmemory-policy is " + server.eviction() + ": ";
        boolean limited = server.maxMemory() == null || server.maxMemory() > 0;
        String does = server.eviction().startsWith("allkeys") ? "when memory is short Redis deletes the stream, with all sales in it"
                : "when memory is short Redis deletes what Passerelle keeps beside the stream, such as refused sales";
        String remedy = "maxmemory-policy noeviction" + SEE;
        return limited ? Finding.error("redis_eviction", found + does + ".", remedy)
                : Finding.warning("redis_eviction_possible", found + does + "; there is no limit at the moment.", remedy);
    }

    private Finding memory() {
        if (server.usedMemory() == null || server.maxMemory() == null) {
            return Finding.ok("redis_memory_unknown", "How much memory Redis uses, it does not say.");
        }
        if (server.maxMemory() == 0) {
            return Finding.ok("redis_memory", "Redis uses " + mib(server.usedMemory()) + " of memory, and has no limit.");
        }
        long percent = server.usedMemory() * 100 / server.maxMemory();
        String used = "Redis uses " + mib(server.usedMemory()) + " of " + mib(server.maxMemory()) + " (" + percent + " %).";
        if (percent >= 100) {
            return Finding.error("redis_memory_full", used + " The till can no longer write.", "Raise maxmemory, or free memory.");
        }
        return percent < MEMORY_SHORT_PERCENT ? Finding.ok("redis_memory", used)
                : Finding.warning("redis_memory_short", used, "Raise maxmemory: when it is reached, the till cannot write.");
    }

    private static String mib(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }

    private static boolean is(Boolean told) {
        return Boolean.TRUE.equals(told);
    }
}
