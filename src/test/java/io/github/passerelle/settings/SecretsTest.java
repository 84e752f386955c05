package io.github.passerelle.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class SecretsTest {

    @Test
    void hidesThePluginSecretAndThePasswordOfRedisInEveryFormTheyMayTake() {
        Secrets secrets = Secrets.of(Map.of("PAHEKO_PLUGIN_SECRET", " s3cret/é ", "REDIS_URL", "redis://shop:p%40ss+word@localhost:6379/0"));
        assertThat(secrets.hide("a s3cret/é b s3cret%2F%C3%A9 c p%40ss+word d p@ss+word e"))
                .isEqualTo("a (hidden) b (hidden) c (hidden) d (hidden) e");
    }

    @Test
    void hidesWhatLooksLikeAPasswordInAUrlThatIsNotAllowed() {
        Secrets secrets = Secrets.of(Map.of("REDIS_URL", "redis://:pass word^@localhost", "PAHEKO_PLUGIN_URL", "https://me:mine@paheko.example/"));
        assertThat(secrets.hide("pass word^ or mine")).isEqualTo("(hidden) or (hidden)");
    }

    @Test
    void leavesATextAloneWhenThereIsNoSecretOrOneTooShortToGuard() {
        assertThat(Secrets.of(Map.of()).hide("redis://localhost:6379")).isEqualTo("redis://localhost:6379");
        assertThat(Secrets.of(Map.of("PAHEKO_PLUGIN_SECRET", "a")).hide("a sale")).isEqualTo("a sale");
    }

    @Test
    void hidesTheAdminToken() {
        assertThat(Secrets.of(Map.of("PASSERELLE_ADMIN_TOKEN", "hush-hush-hush-hush")).hide("X-Admin-Token: hush-hush-hush-hush"))
                .isEqualTo("X-Admin-Token: (hidden)");
    }
}
