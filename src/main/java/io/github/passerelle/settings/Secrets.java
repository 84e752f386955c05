package io.github.passerelle.settings;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secrets among the settings, in the forms in which they may turn up in a text, and their removal from it. Reads the settings as they were
 * given, before any check: a wrong value elsewhere must not uncover them.
 */
final class Secrets {

    // in less there is nothing to guard, and it would turn up in many other words
    private static final int SHORTEST = 4;
    private static final Pattern PASSWORD_OF_URL = Pattern.compile("://[^/@]*?:(.*)@");

    private final List<String> secrets;

    private Secrets(Set<String> secrets) {
        // the longest first, as one may be part of another
        this.secrets = secrets.stream().filter(secret -> secret.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed()).toList();
    }

    static Secrets of(Map<String, String> given) {
        Set<String> found = new LinkedHashSet<>();
        for (Setting secret : List.of(Setting.PAHEKO_PLUGIN_SECRET, Setting.PAHEKO_API_PASSWORD, Setting.PASSERELLE_ADMIN_TOKEN)) {
            add(found, given.getOrDefault(secret.name(), "").strip());
        }
        for (Setting url : List.of(Setting.REDIS_URL, Setting.PAHEKO_PLUGIN_URL, Setting.PAHEKO_API_URL)) {
            Matcher password = PASSWORD_OF_URL.matcher(given.getOrDefault(url.name(), ""));
            if (password.find()) {
                add(found, password.group(1));
            }
        }
        String user = given.getOrDefault(Setting.PAHEKO_API_USER.name(), "").strip();
        String password = given.getOrDefault(Setting.PAHEKO_API_PASSWORD.name(), "").strip();
        // as HTTP carries them
        add(found, password.isEmpty() ? "" : Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        return new Secrets(found);
    }

    private static void add(Set<String> found, String secret) {
        found.add(secret);
        found.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        found.add(decoded(secret));
    }

    /** Only what stands for bytes is decoded: a plus is a plus in a password. */
    private static String decoded(String secret) {
        try {
            return URLDecoder.decode(secret.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return secret;
        }
    }

    String hide(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, "(hidden)");
        }
        return hidden;
    }
}
