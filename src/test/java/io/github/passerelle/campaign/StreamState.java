package io.github.passerelle.campaign;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import io.github.passerelle.fixture.Redis;
import io.github.passerelle.fixture.Till;

/** What really lies in Redis, asked without the product's client. */
final class StreamState {

    private final Redis redis;

    StreamState(Redis redis) {
        this.redis = redis;
    }

    List<String> pending() {
        return redis.xpending(Till.STREAM, Till.GROUP);
    }

    /** All entries that the stream holds. */
    Set<String> entries() {
        Set<String> ids = new HashSet<>();
        for (Object row : (List<?>) redis.command("XRANGE", Till.STREAM, "-", "+")) {
            ids.add(Redis.text(((List<?>) row).get(0)));
        }
        return ids;
    }

    /** The newest entry that the group has read; 0-0 where there is no group. */
    String lastRead() {
        if ((Long) redis.command("EXISTS", Till.STREAM) == 0) {
            return "0-0";
        }
        List<?> groups = (List<?>) redis.command("XINFO", "GROUPS", Till.STREAM);
        return groups.isEmpty() ? "0-0" : fields((List<?>) groups.get(0)).get("last-delivered-id");
    }

    /** How many entries the stream holds that nobody has read. */
    long unread() {
        return ((List<?>) redis.command("XRANGE", Till.STREAM, "(" + lastRead(), "+")).size();
    }

    boolean hasUnread() {
        return !((List<?>) redis.command("XRANGE", Till.STREAM, "(" + lastRead(), "+", "COUNT", 1)).isEmpty();
    }

    /** How many entries were trimmed before they were read, as the application has found. */
    long trimmedUnread() {
        Object count = redis.command("HGET", "{" + Till.STREAM + "}:trimmed", Till.GROUP);
        return count == null ? 0 : Long.parseLong(Redis.text(count));
    }

    Map<String, String> counted(String session) {
        return fields((List<?>) redis.command("HGETALL", "{" + Till.STREAM + "}:counted:" + Till.GROUP + ":session:" + session));
    }

    /** What was counted of all days together. */
    long countedInDays(String field) {
        return ((List<?>) redis.command("KEYS", "{" + Till.STREAM + "}:counted:" + Till.GROUP + ":day:*")).stream()
                .map(day -> redis.command("HGET", day, field)).filter(Objects::nonNull).mapToLong(number -> Long.parseLong(Redis.text(number))).sum();
    }

    /** Whether the first id comes after the second. */
    static boolean isAfter(String id, String other) {
        String[] one = id.split("-");
        String[] two = other.split("-");
        int millis = Long.compare(Long.parseLong(one[0]), Long.parseLong(two[0]));
        return millis > 0 || millis == 0 && Long.parseLong(one[1]) > Long.parseLong(two[1]);
    }

    private static Map<String, String> fields(List<?> namesAndValues) {
        Map<String, String> fields = new TreeMap<>();
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            fields.put(Redis.text(namesAndValues.get(i)), Redis.text(namesAndValues.get(i + 1)));
        }
        return fields;
    }
}
