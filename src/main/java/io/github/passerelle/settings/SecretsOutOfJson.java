package io.github.passerelle.settings;

import com.fasterxml.jackson.core.JsonStreamContext;
import net.logstash.logback.mask.ValueMasker;

/**
 * Takes the secrets out of every text of a JSON log line, whoever wrote it.
 */
public class SecretsOutOfJson implements ValueMasker {

    private final Secrets secrets = Settings.secrets();

    @Override
    public Object mask(JsonStreamContext context, Object value) {
        if (!(value instanceof CharSequence)) {
            return null;
        }
        String text = value.toString();
        String hidden = secrets.hide(text);
        // null leaves the value as it is
        return hidden.equals(text) ? null : hidden;
    }
}
