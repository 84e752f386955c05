package io.github.passerelle.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All settings read and checked, each alone and then together: what has no fault, as Camel takes it, and what is wrong with the rest.
 */
final class Checks {

    private final Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final Map<Setting, String> faults = new EnumMap<>(Setting.class);

    private Checks() {
    }

    static Checks of(Map<String, String> given) {
        Checks checks = new Checks();
        for (Setting setting : Setting.values()) {
            String value = given.getOrDefault(setting.name(), "").strip();
            checks.read(setting, value.isEmpty() ? setting.defaultValue() : value);
        }
        checks.longestWait(Setting.PAHEKO_PUSH_REPLAY_SECONDS, Setting.PAHEKO_PUSH_REPLAY_MAX_SECONDS);
        checks.longestWait(Setting.PAHEKO_PUSH_PROBE_SECONDS, Setting.PAHEKO_PUSH_PROBE_MAX_SECONDS);
        checks.plainHttp(Setting.PAHEKO_PLUGIN_URL);
        checks.plainHttp(Setting.PAHEKO_API_URL);
        return checks;
    }

    Map<Setting, String> values() {
        return values;
    }

    /** A line for each wrong setting, which begins with its name. */
    Map<Setting, String> faults() {
        return faults;
    }

    /** The settings without which the push channel cannot run, and which are not made. */
    List<String> missing() {
        return (isApi() ? Stream.of(Setting.PAHEKO_API_URL, Setting.PAHEKO_API_USER, Setting.PAHEKO_API_PASSWORD)
                : Stream.of(Setting.PAHEKO_PLUGIN_URL, Setting.PAHEKO_PLUGIN_SECRET))
                .filter(setting -> !values.containsKey(setting) && !faults.containsKey(setting)).map(Setting::name).toList();
    }

    /** Whether Paheko's own API is used, and no plugin. */
    boolean isApi() {
        return "api".equals(values.get(Setting.PAHEKO_MODE));
    }

    /** What is allowed and yet probably a mistake, a sentence each. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!missing().isEmpty()) {
            warnings.add(String.join(" and ", missing()) + " not set: nothing is sent to Paheko");
        }
        warnings.addAll(doubts());
        return warnings;
    }

    /** The same without what is missing. */
    List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        if (values.getOrDefault(Setting.REDIS_URL, "").startsWith("redis:") && !values.getOrDefault(Setting.REDIS_CA_FILE, "").isEmpty()) {
            doubts.add("REDIS_CA_FILE: it does nothing, as REDIS_URL begins with redis://; TLS is spoken with rediss:// only");
        }
        String url = values.get(Setting.PAHEKO_PLUGIN_URL);
        if (!isApi() && url != null && URI.create(url).getPath().matches("/(plugin|admin)(/.*)?")) {
            doubts.add("PAHEKO_PLUGIN_URL: no Paheko plugin answers under " + URI.create(url).getPath()
                         + "; a plugin's URL looks like https://paheko.example/p/recyclic/push.php");
        }
        return doubts;
    }

    private void read(Setting setting, String effective) {
        if (effective == null) {
            return;
        }
        try {
            values.put(setting, effective.isEmpty() ? "" : setting.read(effective));
        } catch (InvalidSettingException e) {
            faults.put(setting, e.getMessage());
        }
    }

    private void longestWait(Setting first, Setting longest) {
        if (!values.containsKey(first) || !values.containsKey(longest)) {
            return;
        }
        long firstMillis = Long.parseLong(values.get(first));
        long longestMillis = Long.parseLong(values.get(longest));
        if (longestMillis < firstMillis) {
            faults.put(longest, longest + ": " + longestMillis / 1000.0 + " is shorter than the first wait; allowed: at least " + first + " ("
                                + firstMillis / 1000.0 + ")");
        }
    }

    private void plainHttp(Setting setting) {
        String url = values.get(setting);
        // when PAHEKO_ALLOW_HTTP is wrong nobody knows what was meant
        if (url != null && "http".equalsIgnoreCase(URI.create(url).getScheme()) && !isLoopback(URI.create(url).getHost())
                && "false".equals(values.get(Setting.PAHEKO_ALLOW_HTTP))) {
            faults.put(setting, setting + ": http:// would send the secret and the sales unprotected to "
                    + URI.create(url).getHost() + "; allowed: https://, or http:// with PAHEKO_ALLOW_HTTP=true");
        }
    }

    private static boolean isLoopback(String host) {
        if (!host.equalsIgnoreCase("localhost") && !host.matches("[0-9.]+|\\[.*]")) {
            // a name is not looked up: what it means may change after the start
            return false;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
