package io.github.passerelle.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.CamelContext;

/**
 * The settings of this process, read once and checked. The environment wins over {@code .env}; a value that is empty or blank counts as not
 * set; blanks around a value are dropped (Paheko answers 401 to a secret with a trailing blank).
 */
public final class Settings {

    private static final String SHOW_ALL = "java -jar passerelle.jar settings";

    private final Checks checks;
    private final Map<Setting, String> values;

    private Settings(Checks checks, Map<Setting, String> values) {
        this.checks = checks;
        this.values = values;
    }

    private Settings(Map<String, String> given) {
        checks = Checks.of(given);
        checks.faults().values().stream().findFirst().ifPresent(first -> {
            int more = checks.faults().size() - 1;
            throw new InvalidSettingException(first + (more == 0 ? "" : " (" + more + " more: " + SHOW_ALL + ")"));
        });
        values = checks.values();
    }

    /**
     * Reads the environment of this process, and {@code .env} in its working directory where there is one.
     *
     * @throws InvalidSettingException when a value is not allowed, or {@code .env} cannot be read
     */
    public static Settings load() {
        return of(readDotenv(Path.of("")), System.getenv());
    }

    /** Those that the application was started with; where nobody gave it any, those of this process. */
    public static Settings of(CamelContext context) {
        Settings bound = context.getRegistry().findSingleByType(Settings.class);
        return bound != null ? bound : load();
    }

    /**
     * @param dotenv      what {@code .env} says
     * @param environment wins over it
     */
    public static Settings of(Map<String, String> dotenv, Map<String, String> environment) {
        return new Settings(given(dotenv, environment));
    }

    /** Those that can be used to look how things are: each that is wrong counts as not set. */
    static Settings usable(Checks checks) {
        Map<Setting, String> values = new EnumMap<>(checks.values());
        checks.faults().keySet().forEach(wrong -> {
            values.remove(wrong);
            if (wrong.defaultValue() != null) {
                values.put(wrong, wrong.defaultValue().isEmpty() ? "" : wrong.read(wrong.defaultValue()));
            }
        });
        return new Settings(checks, values);
    }

    /** What must not be shown, right or wrong as the settings may be. */
    static Secrets secrets() {
        return Secrets.of(given(DotenvFile.read(Path.of("")).values(), System.getenv()));
    }

    /** One setting alone, whatever is wrong with others; its default when it is wrong itself. */
    static String alone(Setting setting, Map<String, String> dotenv, Map<String, String> environment) {
        String value = given(dotenv, environment).getOrDefault(setting.name(), "").strip();
        try {
            return value.isEmpty() ? setting.defaultValue() : setting.read(value);
        } catch (InvalidSettingException e) {
            return setting.defaultValue();
        }
    }

    static Map<String, String> given(Map<String, String> dotenv, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>(dotenv);
        environment.forEach((name, value) -> {
            if (!value.isBlank()) {
                given.put(name, value);
            }
        });
        return given;
    }

    static Map<String, String> readDotenv(Path folder) {
        DotenvFile file = DotenvFile.read(folder);
        if (!file.faults().isEmpty()) {
            throw new InvalidSettingException(String.join("; ", file.faults()));
        }
        return file.values();
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
        return checks.missing();
    }

    /** What is allowed and yet probably a mistake, a sentence each. */
    public List<String> warnings() {
        return checks.warnings();
    }

    /** Whether Paheko's own API is used, and no plugin. */
    public boolean isApi() {
        return checks.isApi();
    }

    /** The file that says which account is which. */
    public Path mapping() {
        return Path.of(values.get(Setting.PAHEKO_API_MAPPING));
    }

    /** How long nothing may succeed while something is left to be sent. */
    public Duration stall() {
        return Duration.ofMillis(Long.parseLong(values.get(Setting.PASSERELLE_STALL_SECONDS)));
    }

    /** Where the till's stream is, and who reads it. */
    public RedisSettings redis() {
        return new RedisSettings(redisUrlWithoutUser(), redisUser(), redisPassword(), values.getOrDefault(Setting.REDIS_CA_FILE, ""),
                values.get(Setting.REDIS_STREAM_PUSH_CAISSE), values.get(Setting.REDIS_GROUP_PUSH_CAISSE));
    }

    /** Where the plugin is; empty where its URL or its secret is not set, or wrong. */
    public Optional<PluginSettings> plugin() {
        String url = values.get(Setting.PAHEKO_PLUGIN_URL);
        String secret = values.get(Setting.PAHEKO_PLUGIN_SECRET);
        return url == null || secret == null ? Optional.empty()
                : Optional.of(new PluginSettings(url, secret, timeout()));
    }

    /** Where Paheko's own API is; empty where its URL, the user or the password is not set, or wrong. */
    public Optional<ApiSettings> api() {
        String url = values.get(Setting.PAHEKO_API_URL);
        String user = values.get(Setting.PAHEKO_API_USER);
        String password = values.get(Setting.PAHEKO_API_PASSWORD);
        return url == null || user == null || password == null ? Optional.empty() : Optional.of(new ApiSettings(url, user, password, timeout()));
    }

    private Duration timeout() {
        return Duration.ofMillis(Long.parseLong(values.get(Setting.PAHEKO_PUSH_TIMEOUT_SECONDS)));
    }

    String redisUrlWithoutUser() {
        return withoutUser(redisUri());
    }

    static String withoutUser(URI uri) {
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
}
