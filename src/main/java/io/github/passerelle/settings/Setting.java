package io.github.passerelle.settings;

/**
 * Every setting, under the name that the user gives it in the environment or in {@code .env}. Names, defaults and meanings follow the
 * project's configuration page.
 */
enum Setting {

    REDIS_URL("redis://localhost:6379", Kind.redisUrl(), Shown.redisUrl()),
    REDIS_CA_FILE("", Kind.pemFile()),
    REDIS_STREAM_PUSH_CAISSE("recyclic:push:caisse", Kind.text()),
    REDIS_GROUP_PUSH_CAISSE("recyclic-push", Kind.text()),

    PAHEKO_MODE("plugin", Kind.oneOf("plugin", "api")),
    PAHEKO_PLUGIN_URL(null, Kind.httpUrl(), Shown.httpUrl()),
    PAHEKO_PLUGIN_SECRET(null, Kind.secret(), Shown.nothing()),
    PAHEKO_API_URL(null, Kind.baseUrl(), Shown.httpUrl()),
    PAHEKO_API_USER(null, Kind.userName()),
    PAHEKO_API_PASSWORD(null, Kind.secret(), Shown.nothing()),
    PAHEKO_API_MAPPING("mapping.json", Kind.text()),
    PAHEKO_API_SETTLE_SECONDS("30", Kind.seconds("0.1", "600")),
    PAHEKO_ALLOW_HTTP("false", Kind.oneOf("true", "false")),
    PAHEKO_CA_FILE("", Kind.pemFile()),

    PAHEKO_PUSH_MAX_RETRIES("5", Kind.integer(0, 100)),
    PAHEKO_PUSH_BACKOFF_SECONDS("1.0", Kind.seconds("0.001", "3600")),
    PAHEKO_PUSH_BACKOFF_FACTOR("2.0", Kind.decimal("1", "10")),
    PAHEKO_PUSH_REQUESTS_IN_FLIGHT("1", Kind.integer(1, 64)),
    PAHEKO_PUSH_MAX_IN_PROGRESS("16", Kind.integer(1, 1000)),
    PAHEKO_PUSH_HOLD_ON_DIFFERENCE("false", Kind.oneOf("true", "false")),
    PAHEKO_PUSH_SKIP_VIRTUAL("false", Kind.oneOf("true", "false")),
    PAHEKO_PUSH_TIMEOUT_SECONDS("15", Kind.seconds("0.1", "60")),
    PAHEKO_PUSH_REPLAY_SECONDS("60", Kind.seconds("0.1", "86400")),
    PAHEKO_PUSH_REPLAY_MAX_SECONDS("900", Kind.seconds("0.1", "86400")),
    PAHEKO_PUSH_PROBE_SECONDS("5", Kind.seconds("0.1", "3600")),
    PAHEKO_PUSH_PROBE_MAX_SECONDS("60", Kind.seconds("0.1", "3600")),

    PASSERELLE_HTTP_HOST("127.0.0.1", Kind.text()),
    PASSERELLE_HTTP_PORT("8080", Kind.integer(0, 65535)),
    PASSERELLE_HTTP_ALLOWED_HOSTS("", Kind.hostNames()),
    PASSERELLE_ADMIN_TOKEN(null, Kind.token(16), Shown.nothing()),
    PASSERELLE_STALL_SECONDS("120", Kind.seconds("1", "86400")),
    PASSERELLE_MAX_ENTRY_BYTES("8388608", Kind.integer(1, 536_870_912)),
    PASSERELLE_LOG_LEVEL("INFO", Kind.oneOf("ERROR", "WARN", "INFO", "DEBUG", "TRACE")),
    PASSERELLE_LOG_FORMAT("json", Kind.oneOf("json", "text"));

    private final String defaultValue;
    private final Kind kind;
    private final Shown shown;

    Setting(String defaultValue, Kind kind) {
        this(defaultValue, kind, Shown.asItIs());
    }

    Setting(String defaultValue, Kind kind, Shown shown) {
        this.defaultValue = defaultValue;
        this.kind = kind;
        this.shown = shown;
    }

    /** Null for a setting that has none. */
    String defaultValue() {
        return defaultValue;
    }

    /** The value as Camel takes it. */
    String read(String value) {
        if (value.contains("{{") || value.contains("}}")) {
            throw new InvalidSettingException(
                    name() + ": it contains {{ or }}, by which Camel marks its own placeholders; allowed: a value without them");
        }
        if (value.startsWith("#")) {
            throw new InvalidSettingException(
                    name() + ": it begins with #, by which Camel marks a reference; allowed: a value that begins otherwise");
        }
        try {
            return kind.read(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(name() + ": " + e.getMessage());
        }
    }

    /** What of the value may be shown to anyone. */
    String shown(String value, boolean wrong) {
        return shown.show(value, wrong);
    }
}
