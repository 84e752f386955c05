package io.github.passerelle.settings;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;

/**
 * Takes the secrets out of what a pattern of logback has put together: {@code %withoutSecrets(...)}.
 */
public class SecretsOutOfText extends CompositeConverter<ILoggingEvent> {

    private final Secrets secrets = Settings.secrets();

    @Override
    protected String transform(ILoggingEvent event, String text) {
        return secrets.hide(text);
    }
}
