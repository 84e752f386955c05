package io.github.passerelle.camel.redisstreams;

import java.util.Locale;

/**
 * Says in one line what to do about an answer of Redis that no repetition would change. An answer that needs no explanation stays as it is.
 */
final class Refusal {

    private Refusal() {
    }

    /**
     * @param answer what Redis answered, beginning with its error code
     * @param key    the key of the stream
     * @param user   the user that Redis was asked as; null for its default user
     */
    static String explain(String answer, String key, String user) {
        String who = "user '" + (user == null || user.isBlank() ? "default" : user) + "'";
        if (answer.startsWith("WRONGTYPE")) {
            return "the key '" + key + "' holds no stream but another type of value: choose another key, or rename that one (WRONGTYPE)";
        }
        if (answer.startsWith("WRONGPASS")) {
            return "Redis does not accept the password of " + who + ": check user and password (WRONGPASS)";
        }
        if (answer.startsWith("NOAUTH")) {
            return "Redis wants a password for " + who + " and was given none: set it (NOAUTH)";
        }
        if (answer.startsWith("NOPERM")) {
            return "Redis does not allow " + who + " what is needed: extend its permissions, see ACL SETUSER (" + answer + ")";
        }
        if (answer.contains("used memory > 'maxmemory'")) {
            return "Redis has reached its memory limit and takes no more writes: raise maxmemory, or free memory (OOM)";
        }
        if (answer.startsWith("READONLY")) {
            return "this Redis is a replica and takes no writes: give the address of its primary (READONLY)";
        }
        if (answer.contains("AUTH <password> called without") || answer.contains("sent AUTH, but no password is set")) {
            return "Redis has no password for " + who + " but was given one: leave it out, or set one in Redis";
        }
        String lower = answer.toLowerCase(Locale.ROOT);
        // what follows the name of the command are its arguments, and so perhaps what somebody wrote into the stream;
        // before 6.2 Redis knew the commands, but no interval that leaves out its beginning
        if (lower.contains("unknown command") || lower.contains("unknown redis command") || lower.contains("invalid stream id")) {
            return "this Redis lacks a command, or a form of one, that is needed: Redis 6.2 or newer, with no command renamed, will do";
        }
        return answer;
    }
}
