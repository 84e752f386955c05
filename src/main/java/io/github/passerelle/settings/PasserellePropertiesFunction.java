package io.github.passerelle.settings;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.PropertiesFunction;

/**
 * {@code {{passerelle:NAME}}}: the value of a setting, the same under camel-main and under Camel JBang. Settings in seconds come out in
 * milliseconds, the unit that Camel's options take.
 * <p>
 * Besides the settings it knows what follows from them: {@code push-configured} (true when the channel can run), {@code plugin-configured} and
 * {@code api-configured} (true when it can run in that mode), {@code push-route} (the id of the route that carries the sales),
 * {@code push-address} (where they are sent), {@code api-authorization} (the header that opens the API), {@code api-mapping} (the file that says
 * which account is which; empty in the other mode), {@code redis-address}, {@code redis-user} and {@code redis-password} (the parts of
 * {@code REDIS_URL}, so that no URL with a password in it is ever passed on).
 */
public class PasserellePropertiesFunction implements PropertiesFunction, CamelContextAware {

    private CamelContext camelContext;
    private Settings settings;

    @Override
    public String getName() {
        return "passerelle";
    }

    @Override
    public String apply(String name) {
        return switch (name) {
            case "push-configured" -> Boolean.toString(isConfigured());
            case "plugin-configured" -> Boolean.toString(isConfigured() && !settings().isApi());
            case "api-configured" -> Boolean.toString(isConfigured() && settings().isApi());
            case "push-route" -> settings().isApi() ? "book-caisse" : "push-caisse";
            case "push-address" -> settings().isApi() ? apply("PAHEKO_API_URL") + "/api/accounting/transaction" : apply("PAHEKO_PLUGIN_URL");
            case "api-authorization" -> ApiSettings.authorization(apply("PAHEKO_API_USER"), apply("PAHEKO_API_PASSWORD"));
            case "api-mapping" -> settings().isApi() ? apply("PAHEKO_API_MAPPING") : "";
            case "redis-address" -> settings().redisUrlWithoutUser();
            case "redis-user" -> settings().redisUser();
            case "redis-password" -> settings().redisPassword();
            // the route is not started then, yet it is built: a name that cannot exist (RFC 2606) stands in
            case "PAHEKO_PLUGIN_URL" -> orElse(settings().get(name), "https://unconfigured.invalid/");
            case "PAHEKO_API_URL" -> orElse(settings().get(name), "https://unconfigured.invalid");
            default -> orElse(settings().get(name), "");
        };
    }

    private boolean isConfigured() {
        return settings().missing().isEmpty();
    }

    private static String orElse(String value, String other) {
        return value == null ? other : value;
    }

    private synchronized Settings settings() {
        if (settings == null) {
            settings = Settings.of(camelContext);
        }
        return settings;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }
}
