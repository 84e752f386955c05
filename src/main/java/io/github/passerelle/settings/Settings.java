package io.github.passerelle.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;

/**
 * The settings of this process, read once and checked. The environment wins over {@code .env}; a value that is empty or blank counts as not
 * set; blanks around a value are dropped (Paheko answers 401 to a secret with a trailing blank).
 */
public final class Settings {

    private final Map<Setting, String> values = new EnumMap<>(Setting.class);

    private Settings(Map<String, String> given) {
        for (Setting setting : Setting.values()) {
            String value = given.getOrDefault(setting.name(), "").strip();
            String effective = value.isEmpty() ? setting.defaultValue() : value;
            if (effective != null) {
                values.put(setting, effective.isEmpty() ? "" : setting.read(effective));
            }
        }
        checkTogether();
    }

    /**
     * Reads the environment of this process, and {@code .env} in its working directory where there is one.
     *
     * @throws InvalidSettingException when a value is not allowed, or {@code .env} cannot be read
     */
    public static Settings load() {
        return of(readDotenv(Path.of("")), System.getenv());
    }

    /**
     * @param dotenv      what {@code .env} says
     * @param environment wins over it
     */
    public static Settings of(Map<String, String> dotenv, Map<String, String> environment) {
        return new Settings(given(dotenv, environment));
    }

    /** What must not be shown, right or wrong as the settings may be. */
    static Secrets secrets() {
        Map<String, String> dotenv;
        try {
            dotenv = readDotenv(Path.of(""));
        } catch (InvalidSettingException e) {
            // the start ends with it a moment later, and nobody has read the file
            dotenv = Map.of();
        }
        return Secrets.of(given(dotenv, System.getenv()));
    }

    private static Map<String, String> given(Map<String, String> dotenv, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>(dotenv);
        environment.forEach((name, value) -> {
            if (!value.isBlank()) {
                given.put(name, value);
            }
        });
        return given;
    }

    static Map<String, String> readDotenv(Path folder) {
        if (!Files.exists(folder.resolve(".env"))) {
            return Map.of();
        }
        try {
            Map<String, String> found = new HashMap<>();
            for (DotenvEntry entry : Dotenv.configure().directory(folder.toAbsolutePath().toString()).load()
                    .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
                found.put(entry.getKey(), entry.getValue());
            }
            return found;
        } catch (DotenvException e) {
            // the library's message repeats the line, which may hold a secret
            throw new InvalidSettingException(
                    ".env: cannot be read, or a line is not of the form NAME=value; a value with # or blanks goes into double quotes");
        }
    }

    /**
     * @return                          the value as Camel takes it: seconds come out as milliseconds
     * @throws IllegalArgumentException when there is no setting of that name
     */
    String get(String name) {
        for (Setting setting : Setting.values()) {
            if (setting.name().equals(name)) {
                return values.get(setting);
            }
        }
        throw new IllegalArgumentException("there is no setting '" + name + "'; the settings are " + Arrays.toString(Setting.values()));
    }

    /** The settings without which the push channel cannot run, and which are not made. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (Setting setting : List.of(Setting.PAHEKO_PLUGIN_URL, Setting.PAHEKO_PLUGIN_SECRET)) {
            if (values.get(setting) == null) {
                missing.add(setting.name());
            }
        }
        return missing;
    }

    /** What is allowed and yet probably a mistake, a sentence each. */
    public List<String> warnings() {
        String url = values.get(Setting.PAHEKO_PLUGIN_URL);
        if (url != null && URI.create(url).getPath().matches("/(plugin|admin)(/.*)?")) {
            return List.of("PAHEKO_PLUGIN_URL: no Paheko plugin answers under " + URI.create(url).getPath()
                           + "; a plugin's URL looks like https://paheko.example/p/recyclic/push.php");
        }
        return List.of();
    }

    String redisUrlWithoutUser() {
        URI uri = redisUri();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + (uri.getPath() == null ? "" : uri.getPath());
    }

    String redisUser() {
        String userInfo = redisUri().getUserInfo();
        return userInfo == null ? "" : userInfo.replaceFirst(":.*", "");
    }

    String redisPassword() {
        String userInfo = redisUri().getUserInfo();
        return userInfo == null || userInfo.indexOf(':') < 0 ? "" : userInfo.substring(userInfo.indexOf(':') + 1);
    }

    private URI redisUri() {
        return URI.create(values.get(Setting.REDIS_URL));
    }

    private void checkTogether() {
        long first = Long.parseLong(values.get(Setting.PAHEKO_PUSH_REPLAY_SECONDS));
        long longest = Long.parseLong(values.get(Setting.PAHEKO_PUSH_REPLAY_MAX_SECONDS));
        if (longest < first) {
            throw new InvalidSettingException("PAHEKO_PUSH_REPLAY_MAX_SECONDS: " + longest / 1000.0
                                              + " is shorter than the first wait; allowed: at least PAHEKO_PUSH_REPLAY_SECONDS ("
                                              + first / 1000.0 + ")");
        }
        String url = values.get(Setting.PAHEKO_PLUGIN_URL);
        if (url != null && "http".equalsIgnoreCase(URI.create(url).getScheme()) && !isLoopback(URI.create(url).getHost())
                && !"true".equals(values.get(Setting.PAHEKO_ALLOW_HTTP))) {
            throw new InvalidSettingException("PAHEKO_PLUGIN_URL: http:// would send the secret and the sales unprotected to "
                                              + URI.create(url).getHost()
                                              + "; allowed: https://, or http:// with PAHEKO_ALLOW_HTTP=true");
        }
        String ca = values.get(Setting.PAHEKO_CA_FILE);
        if (!ca.isEmpty() && !(Files.isRegularFile(Path.of(ca)) && Files.isReadable(Path.of(ca)))) {
            throw new InvalidSettingException("PAHEKO_CA_FILE: the file '" + ca + "' cannot be read; allowed: a file of certificates in PEM form");
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
