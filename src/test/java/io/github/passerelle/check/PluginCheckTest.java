package io.github.passerelle.check;

import static io.github.passerelle.check.Findings.codes;
import static io.github.passerelle.check.Findings.only;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.passerelle.fixture.Answer;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.Ports;
import io.github.passerelle.fixture.Received;
import io.github.passerelle.fixture.SelfSigned;
import io.github.passerelle.settings.SettingsReport;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class PluginCheckTest {

    private static final String VERSION = "X-Recyclic-Plugin-Version";

    @TempDir
    private static Path folder;
    private final PahekoStandIn paheko = PahekoStandIn.start();
    private SelfSigned authority;

    @BeforeAll
    void makeAuthority() throws Exception {
        authority = SelfSigned.make(folder, "authority", "dns:authority");
    }

    @BeforeEach
    void normal() {
        paheko.normal().forget();
    }

    @AfterAll
    void stop() {
        paheko.close();
    }

    @Test
    void asksAsASaleDoesWithoutOne() {
        List<Finding> findings = look();
        assertThat(codes(findings)).containsExactly("paheko_reached", "paheko_secret_accepted", "plugin_version", "paheko_clock_unknown");
        assertThat(findings).extracting(Finding::level).containsOnly(Level.OK);
        assertThat(paheko.ledger()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.body()).isEmpty();
            assertThat(request.header("X-Paheko-Secret")).isEqualTo(PahekoStandIn.SECRET);
            assertThat(request.key()).isEmpty();
            assertThat(request.booked()).isFalse();
            assertThat(request.status()).isEqualTo(400);
            assertThat(request.headerNames()).noneMatch(name -> name.toLowerCase().startsWith("camel"));
        });
    }

    @Test
    void comparesThePluginWithTheOneOfThisRelease() {
        paheko.always(plugin("0.9.9"));
        assertThat(look()).filteredOn(finding -> finding.code().equals("plugin_older")).singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("0.9.9", ShippedPlugin.version()));
        paheko.always(plugin("10.0.0"));
        assertThat(codes(look())).contains("plugin_newer");
        paheko.always(plugin("x".repeat(5000)));
        assertThat(look()).filteredOn(finding -> finding.code().equals("plugin_newer")).singleElement()
                .satisfies(finding -> assertThat(finding.message()).hasSizeLessThan(200));
    }

    @ParameterizedTest
    @CsvSource({ "401, paheko_secret_refused, ERROR", "403, paheko_secret_refused, ERROR", "404, paheko_not_found, ERROR",
            "405, paheko_not_found, ERROR", "429, paheko_busy, ERROR", "503, paheko_busy, ERROR", "500, paheko_failing, ERROR",
            "502, paheko_failing, ERROR", "400, paheko_not_the_plugin, WARNING", "422, paheko_not_the_plugin, WARNING",
            "201, paheko_not_the_plugin, WARNING", "204, paheko_not_the_plugin, WARNING" })
    void saysWhatAnAnswerMeans(int status, String code, Level level) {
        paheko.answer(status);
        List<Finding> findings = look();
        assertThat(findings).filteredOn(finding -> finding.code().equals(code)).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(level);
            assertThat(finding.remedy()).isNotBlank();
        });
        assertThat(paheko.ledger()).as("nothing is repeated").hasSize(1);
        assertThat(codes(findings)).doesNotContain("paheko_secret_accepted", "plugin_version");
    }

    @Test
    void aPluginThatFailsKnowsTheSecretNevertheless() {
        paheko.always(Behaviour.answer(Answer.error(500, "L'événement n'a pas pu être enregistré").with(VERSION, ShippedPlugin.version())));
        assertThat(codes(look())).contains("paheko_secret_accepted", "plugin_version", "paheko_failing");
    }

    @Test
    void followsNoRedirect() {
        try (PahekoStandIn other = PahekoStandIn.start()) {
            paheko.always(Behaviour.redirect(other.url() + "?key=of-somebody"));
            assertThat(only("paheko_redirected", look()).message()).contains(other.url() + ";").doesNotContain("of-somebody");
            assertThat(other.ledger()).isEmpty();
            paheko.always(Behaviour.redirect("/admin/upgrade.php"));
            assertThat(only("paheko_redirected", look()).message()).contains(": /admin/upgrade.php;");
            for (String odd : List.of("http://[broken", "mailto:somebody", "")) {
                paheko.always(Behaviour.redirect(odd));
                assertThat(only("paheko_redirected", look()).message()).as(odd).contains("(302);");
            }
            paheko.always(Behaviour.redirect("https://user:pass@other.example/x"));
            assertThat(only("paheko_redirected", look()).message()).contains(": https://other.example/x;");
        }
    }

    @Test
    void knowsAWebPageWhateverItCallsItself() {
        paheko.always(Behaviour.htmlPage());
        assertThat(only("paheko_web_page", look()).level()).isEqualTo(Level.ERROR);
        paheko.always(Behaviour.answer(Answer.of(200, "application/json", " \n<html>login</html>")));
        assertThat(codes(look())).contains("paheko_web_page");
    }

    @Test
    void comparesTheClocksAsFarAsItCan() {
        Clock clock = Clock.systemUTC();
        answerAt(clock.instant());
        assertThat(codes(look())).contains("paheko_clock");
        answerAt(clock.instant().minus(Duration.ofHours(2)));
        assertThat(only("paheko_clock_differs", look()).message()).matches("The clock of Paheko is (1 h 59|2 h 0) min behind the one here\\.");
        answerAt(clock.instant().plus(Duration.ofDays(3)));
        assertThat(only("paheko_clock_differs", look()).message()).contains("ahead of");
        paheko.always(Behaviour.answer(Answer.error(400, "x").with(VERSION, "1.0.0").with("Date", "yesterday")));
        assertThat(codes(look())).contains("paheko_clock_unknown");
    }

    @Test
    void saysWhyThereIsNoAnswer() {
        paheko.always(Behaviour.neverAnswer());
        assertThat(only("paheko_timeout", look("PAHEKO_PUSH_TIMEOUT_SECONDS", "0.3")).level()).isEqualTo(Level.ERROR);
        paheko.always(Behaviour.reset());
        assertThat(codes(look())).containsExactly("paheko_connection_lost");
        paheko.always(Behaviour.cutInHead());
        assertThat(codes(look())).containsExactly("paheko_connection_lost");
        assertThat(only("paheko_unreachable", look("PAHEKO_PLUGIN_URL", "http://127.0.0.1:" + Ports.free() + "/p/recyclic/push")).remedy())
                .contains("PAHEKO_PLUGIN_URL");
        assertThat(only("paheko_name_unknown", look("PAHEKO_PLUGIN_URL", "https://no-such-host.invalid/p/recyclic/push")).message())
                .contains("no-such-host.invalid");
        assertThat(codes(look("PAHEKO_PLUGIN_URL", paheko.url().replace("http:", "https:")))).containsExactly("paheko_tls");
    }

    @Test
    void namesWhatIsWrongWithACertificate() throws Exception {
        SelfSigned good = authority.sign(folder, "good", "-validity", "300");
        assertThat(codes(lookAt(good, authority))).startsWith("paheko_reached", "paheko_certificate", "paheko_secret_accepted");
        assertThat(only("paheko_certificate", lookAt(good, authority)).level()).isEqualTo(Level.OK);
        assertThat(codes(lookAt(good, null))).containsExactly("paheko_tls_untrusted");
        assertThat(only("paheko_certificate_ends_soon", lookAt(authority.sign(folder, "soon", "-validity", "5"), authority)).level())
                .isEqualTo(Level.WARNING);
        assertThat(codes(lookAt(authority.sign(folder, "old", "-startdate", "-10d", "-validity", "5"), authority)))
                .containsExactly("paheko_tls_expired");
        SelfSigned ofAnother = SelfSigned.make(folder, "other", "dns:other.example");
        assertThat(only("paheko_tls_name", lookAt(ofAnother, ofAnother)).message()).contains("not one for 127.0.0.1");
    }

    @Test
    void asksNobodyWhileASettingIsMissingOrWrong() {
        paheko.always(plugin("1.0.0"));
        assertThat(only("paheko_not_asked", look("PAHEKO_PLUGIN_SECRET", "")).level()).isEqualTo(Level.WARNING);
        assertThat(codes(look("PAHEKO_PLUGIN_SECRET", "é"))).containsExactly("paheko_not_asked");
        assertThat(codes(look("PAHEKO_PUSH_TIMEOUT_SECONDS", "soon"))).containsExactly("paheko_not_asked");
        assertThat(codes(look("PAHEKO_ALLOW_HTTP", "perhaps"))).containsExactly("paheko_not_asked");
        assertThat(paheko.ledger()).isEmpty();
        assertThat(codes(look("REDIS_URL", "nonsense"))).as("that is of no matter here").contains("paheko_secret_accepted");
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("no.pem"), "-----BEGIN NOTHING-----\n");
        assertThat(only("paheko_not_asked", look("PAHEKO_PLUGIN_URL", "https://127.0.0.1:1/p/recyclic/push", "PAHEKO_CA_FILE", file.toString()))
                .message()).contains("PAHEKO_CA_FILE", "holds no certificates");
    }

    /** A receiver may send back what it was given. */
    @Test
    void tellsNoSecretThatIsSentBack() {
        paheko.always(Behaviour.redirect("https://" + PahekoStandIn.SECRET + ".example/" + PahekoStandIn.SECRET));
        assertThat(look().toString()).contains("(hidden)").doesNotContain(PahekoStandIn.SECRET);
        paheko.always(plugin(PahekoStandIn.SECRET));
        assertThat(look().toString()).doesNotContain(PahekoStandIn.SECRET);
    }

    private static Behaviour plugin(String version) {
        return Behaviour.answer(Answer.error(400, "Le corps de la requête est vide").with(VERSION, version));
    }

    private void answerAt(Instant time) {
        paheko.always(Behaviour.answer(Answer.error(400, "x").with(VERSION, "1.0.0").with("Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC)))));
    }

    private List<Finding> lookAt(SelfSigned certificate, SelfSigned trusted) throws Exception {
        try (PahekoStandIn secure = PahekoStandIn.start(PahekoStandIn.SECRET, certificate.serverSockets(), "https")) {
            secure.always(plugin("1.0.0"));
            return look("PAHEKO_PLUGIN_URL", secure.url(), "PAHEKO_CA_FILE", trusted == null ? "" : trusted.pem().toString());
        }
    }

    private List<Finding> look(String... changes) {
        Map<String, String> settings = new HashMap<>(Map.of("PAHEKO_PLUGIN_URL", paheko.url(), "PAHEKO_PLUGIN_SECRET", PahekoStandIn.SECRET));
        for (int i = 0; i < changes.length; i += 2) {
            settings.put(changes[i], changes[i + 1]);
        }
        SettingsReport report = SettingsReport.of(folder, settings);
        List<Finding> findings = new PluginCheck(report, report.usable(), Clock.systemUTC()).look();
        assertThat(paheko.ledger()).allMatch(PluginCheckTest::isHarmless);
        return findings;
    }

    private static boolean isHarmless(Received request) {
        return request.body().length == 0;
    }
}
