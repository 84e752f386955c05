package io.github.passerelle.check;

import static io.github.passerelle.check.Findings.codes;
import static io.github.passerelle.check.Findings.only;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
import io.github.passerelle.fixture.StockApi;
import io.github.passerelle.settings.ApiSettings;
import io.github.passerelle.settings.SettingsReport;

@Timeout(120)
class ApiCheckTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Predicate<Received> YEARS = request -> request.path().equals("/api/accounting/years");
    private static final Predicate<Received> REPORT = request -> request.path().equals("/api/errors/report");
    private static final Predicate<Received> ACCOUNTS = request -> request.path().contains("acc_accounts");

    private static ChannelHttp http;
    @TempDir
    private Path folder;
    private final PahekoStandIn paheko = PahekoStandIn.start();
    private Instant now = NOON;

    @BeforeAll
    static void startClient() throws Exception {
        http = new ChannelHttp(SettingsReport.of(Path.of(""), Map.of()).usable(), Clock.systemUTC());
    }

    @AfterAll
    static void stopClient() {
        http.close();
    }

    @AfterEach
    void stop() {
        paheko.close();
    }

    @Test
    void asksForAllThatASessionNeeds() throws Exception {
        List<Finding> findings = check();
        assertThat(codes(findings)).containsExactly("paheko_reached", "paheko_clock_unknown", "api_credentials_accepted", "api_look_up",
                "api_key_writes", "api_key_least", "year_open", "accounts_there");
        assertThat(findings).extracting(Finding::level).containsOnly(Level.OK);
        assertThat(only("year_open", findings).message()).isEqualTo("The year Exercice 2026 (2, 2026-01-01 to 2026-12-31) is open, and holds today.");
        assertThat(only("accounts_there", findings).message()).isEqualTo("All 7 accounts of the mapping are in the chart Plan comptable associatif"
                                                                         + " (révision 2025).");
    }

    /** What it asks for by POST has nothing in it, and is refused for that. */
    @Test
    void writesNothing() throws Exception {
        look();
        look(StockApi.ADMIN, StockApi.ADMIN_PASSWORD);
        assertThat(paheko.ledger()).hasSize(10).allSatisfy(request -> {
            assertThat(request.headerNames()).noneMatch(name -> name.toLowerCase().startsWith("camel"));
            if (request.method().equals("POST")) {
                assertThat(request.bodyText()).isIn("{}", "x");
                assertThat(request.status()).isIn(400, 403);
            } else {
                assertThat(request.method()).isEqualTo("GET");
                assertThat(URLDecoder.decode(request.path(), StandardCharsets.UTF_8)).matches("/api/(sql\\?sql=SELECT [^;]*|accounting/years)");
            }
        });
        assertThat(paheko.api().transactions()).isEmpty();
        assertThat(paheko.accepted()).isEmpty();
    }

    @Test
    void aKeyThatMayOnlyReadIsAnErrorAndOneThatMayDoEverythingAWarning() throws Exception {
        List<Finding> reader = look(StockApi.READER, StockApi.READER_PASSWORD);
        assertThat(only("api_key_read_only", reader).level()).isEqualTo(Level.ERROR);
        assertThat(codes(reader)).doesNotContain("api_key_writes", "api_key_least").contains("accounts_there");
        List<Finding> admin = look(StockApi.ADMIN, StockApi.ADMIN_PASSWORD);
        assertThat(codes(admin)).contains("api_key_writes");
        assertThat(only("api_key_admin", admin).level()).isEqualTo(Level.WARNING);
    }

    @Test
    void whereErrorsCannotBeReportedItCannotBeToldWhetherTheKeyMayDoMore() throws Exception {
        for (Answer answer : List.of(Answer.error(404, "The error log is disabled"), Answer.error(403, "Access to error log is disabled."))) {
            paheko.when(REPORT, Behaviour.answer(answer));
            assertThat(only("api_key_least_unknown", look()).level()).isEqualTo(Level.OK);
        }
    }

    @Test
    void credentialsThatAreWrongOrLostOnTheWay() throws Exception {
        assertThat(only("api_credentials_refused", look(StockApi.USER, "wrong")).message()).contains("403: Invalid username or password");
        assertThat(paheko.ledger()).as("nothing more is asked").hasSize(1);
        paheko.always(Behaviour.answer(Answer.error(401, "No username or password supplied")));
        assertThat(only("api_credentials_lost", look()).remedy()).contains("Authorization");
    }

    @ParameterizedTest
    @CsvSource({ "404, paheko_not_found", "405, paheko_not_found", "403, api_credentials_refused", "429, paheko_busy", "503, paheko_busy",
            "500, paheko_failing", "502, paheko_failing", "200, paheko_not_the_api", "204, paheko_not_the_api", "422, paheko_not_the_api" })
    void saysWhatAnAnswerMeans(int status, String code) throws Exception {
        paheko.always(Behaviour.answer(Answer.json(status, "said", "something")));
        Finding finding = only(code, look());
        assertThat(finding.level()).isEqualTo(Level.ERROR);
        assertThat(finding.remedy()).isNotBlank();
        assertThat(paheko.ledger()).as("nothing is repeated, and nothing more asked").hasSize(1);
    }

    @Test
    void aLookUpThatIsRefusedForItsSqlIsAnError() throws Exception {
        paheko.when(StockApi.LOOK_UP, Behaviour.answer(Answer.error(400, "Erreur dans la requête :\nno such table")));
        List<Finding> findings = look();
        assertThat(only("api_look_up_fails", findings).message()).contains("(400: Erreur dans la requête : no such table)");
        assertThat(codes(findings)).contains("api_credentials_accepted", "api_key_least").doesNotContain("accounts_there", "year_open");
    }

    @Test
    void followsNoRedirect() throws Exception {
        paheko.always(Behaviour.redirect(paheko.base() + "admin/upgrade.php"));
        Finding finding = only("paheko_redirected", look());
        assertThat(finding.message()).contains("/admin/upgrade.php");
        assertThat(finding.remedy()).contains("PAHEKO_API_URL", "upgrade");
        paheko.always(Behaviour.htmlPage());
        assertThat(only("paheko_web_page", look()).remedy()).contains("PAHEKO_API_URL");
    }

    @Test
    void saysWhyThereIsNoAnswer() throws Exception {
        assertThat(only("paheko_unreachable", check("PAHEKO_API_URL", "http://127.0.0.1:" + Ports.free() + "/")).remedy()).contains("PAHEKO_API_URL");
        paheko.when(YEARS, Behaviour.neverAnswer());
        assertThat(codes(check("PAHEKO_PUSH_TIMEOUT_SECONDS", "0.3"))).as("what was found before is kept")
                .containsSubsequence("paheko_reached", "api_look_up", "api_key_least", "paheko_timeout");
    }

    @Test
    void looksAtTheCertificate() throws Exception {
        SelfSigned certificate = SelfSigned.make(folder, "paheko", "ip:127.0.0.1");
        try (PahekoStandIn secure = PahekoStandIn.start(PahekoStandIn.SECRET, certificate.serverSockets(), "https")) {
            now = Instant.now();
            assertThat(codes(check("PAHEKO_API_URL", secure.base(), "PAHEKO_CA_FILE", certificate.pem().toString())))
                    .containsSubsequence("paheko_certificate_ends_soon", "api_credentials_accepted", "accounts_there");
            assertThat(codes(check("PAHEKO_API_URL", secure.base()))).containsExactly("paheko_tls_untrusted");
        }
    }

    @Test
    void anAccountThatIsNotThere() throws Exception {
        paheko.api().removeAccount("530").removeAccount("7541").archiveAccount("512");
        List<Finding> findings = look();
        assertThat(findings).filteredOn(finding -> finding.code().equals("account_missing")).extracting(Finding::message)
                .allMatch(message -> message.contains("in the chart Plan comptable associatif")).hasSize(2)
                .anyMatch(message -> message.contains(" 530 ")).anyMatch(message -> message.contains(" 7541 "));
        assertThat(only("account_archived", findings).message()).contains(" 512 ");
        assertThat(codes(findings)).doesNotContain("accounts_there");
    }

    @Test
    void looksForManyAccountsInSeveralQuestions() throws Exception {
        IntStream.rangeClosed(1, 250).forEach(i -> paheko.api().addAccount("7A" + i, "Ventes " + i));
        String categories = IntStream.rangeClosed(1, 251).mapToObj(i -> "'c%d': '7A%d'".formatted(i, i)).collect(Collectors.joining(","));
        mapping("{'payments': {'especes': '530'}, 'sales': {'account': '7073', 'categories': {%s}}}".formatted(categories));
        assertThat(look()).filteredOn(finding -> finding.code().startsWith("account")).extracting(Finding::message).singleElement()
                .satisfies(message -> assertThat(message).contains("7A251"));
        assertThat(paheko.ledger()).filteredOn(ACCOUNTS).hasSize(3);
    }

    @Test
    void todayMustLieInAYearThatIsOpen() throws Exception {
        paheko.api().lockYear(2);
        List<Finding> findings = look();
        assertThat(only("year_not_of_today", findings).message()).contains("2026-11-20", "Exercice 2027 (3, ", "Exercice 2025 (1, ");
        assertThat(codes(findings)).contains("accounts_there").doesNotContain("year_open");
        paheko.api().closeYear(1).closeYear(3);
        assertThat(codes(look())).contains("year_none_open").doesNotContain("accounts_there");
    }

    /** The till's day is that of Paris. */
    @Test
    void theYearBeginsInParis() throws Exception {
        now = Instant.parse("2026-12-31T23:30:00Z");
        assertThat(only("year_open", look()).message()).contains("Exercice 2027");
    }

    @Test
    void theYearThatPahekoCallsCurrent() throws Exception {
        year("'current'");
        assertThat(only("year_open", look()).message()).contains("Exercice 2026");
        paheko.api().closeYear(2);
        assertThat(only("year_not_of_today", look()).message()).as("the latest of the open ones").contains("Exercice 2027").doesNotContain("2025 (");
        paheko.api().closeYear(1).closeYear(3);
        assertThat(codes(look())).contains("year_none_open");
    }

    @Test
    void aYearThatIsNamed() throws Exception {
        year("2");
        assertThat(only("year_open", look()).message()).contains("Exercice 2026");
        year("'3'");
        Finding later = only("year_not_of_today", look());
        assertThat(later.message()).contains("Exercice 2027").doesNotContain("Exercice 2026");
        assertThat(later.remedy()).contains("match");
        paheko.api().closeYear(3);
        assertThat(only("year_closed", look()).message()).contains("Exercice 2027");
        year("77");
        assertThat(only("year_missing", look()).message()).contains(" 77 ", "Exercice 2025 (1, ");
    }

    @Test
    void anAnswerThatDoesNotTellIsNone() throws Exception {
        for (String odd : List.of("{}", "[{\"id\": 1}]", "[", "", "[{\"id\": 1, \"id_chart\": 1, \"status\": 0, \"start_date\": \"soon\"}]")) {
            paheko.when(YEARS, Behaviour.answer(Answer.of(200, "application/json", odd)));
            assertThat(only("api_answer_unreadable", look()).message()).as(odd).contains("its years");
        }
        paheko.normal().when(ACCOUNTS, Behaviour.answer(Answer.of(200, "application/json", "{\"count\": 7, \"results\": []}")));
        assertThat(only("api_answer_unreadable", look()).message()).contains("its accounts");
        paheko.normal().when(StockApi.BOOKING, Behaviour.answer(Answer.of(404, "application/json", "{}")));
        assertThat(only("api_booking_fails", look()).level()).isEqualTo(Level.ERROR);
        assertThat(paheko.ledger()).filteredOn(REPORT).as("asked only where it means something").hasSize(6);
    }

    @Test
    void asksNobodyWhileASettingIsMissingOrWrong() throws Exception {
        for (String name : List.of("PAHEKO_API_URL", "PAHEKO_API_USER", "PAHEKO_API_PASSWORD")) {
            assertThat(codes(check(name, ""))).as(name).containsExactly("paheko_not_asked");
        }
        assertThat(codes(check("PAHEKO_MODE", "both"))).containsExactly("paheko_not_asked");
        assertThat(paheko.ledger()).isEmpty();
    }

    @Test
    void eachFaultOfTheMappingIsAFinding() throws Exception {
        Path file = mapping("{'payments': {'especes': 530}, 'sale': {}}");
        List<Finding> findings = new MappingCheck(report(Map.of()), file).look();
        assertThat(findings).hasSizeGreaterThan(2).allSatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("mapping_wrong");
            assertThat(finding.level()).isEqualTo(Level.ERROR);
            assertThat(finding.message()).contains(file.toString());
        });
        assertThat(codes(look())).as("the key is looked at nevertheless").contains("api_key_least").doesNotContain("year_open", "accounts_there");
        Files.delete(file);
        assertThat(codes(new MappingCheck(report(Map.of()), file).look())).containsExactly("mapping_wrong");
    }

    @Test
    void tellsNoSecretThatIsSentBack() throws Exception {
        for (int status : List.of(400, 422)) {
            paheko.always(exchange -> exchange.write(Answer.error(status, StockApi.PASSWORD + " " + basic())));
            assertThat(check().toString()).contains("(hidden)").doesNotContain(StockApi.PASSWORD, basic());
        }
    }

    private static String basic() {
        return Base64.getEncoder().encodeToString((StockApi.USER + ":" + StockApi.PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private void year(String year) throws IOException {
        mapping("{'payments': {'especes': '530'}, 'sales': {'account': '7073'}, 'year': %s}".formatted(year));
    }

    private Path mapping(String json) throws IOException {
        return Files.writeString(folder.resolve("mapping.json"), json.replace('\'', '"'));
    }

    private List<Finding> look() throws Exception {
        return look(StockApi.USER, StockApi.PASSWORD);
    }

    private List<Finding> look(String user, String password) throws Exception {
        ApiSettings settings = new ApiSettings(paheko.base().replaceFirst("/$", ""), user, password, Duration.ofSeconds(15));
        List<Finding> findings = new ArrayList<>();
        new ApiLook(Place.of(settings), new Api(settings, http), clock(), findings).look(mapping());
        return findings;
    }

    /** With a client of its own, which takes a while. */
    private List<Finding> check(String... changes) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < changes.length; i += 2) {
            settings.put(changes[i], changes[i + 1]);
        }
        SettingsReport report = report(settings);
        return new ApiCheck(report, report.usable(), clock()).look();
    }

    private Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private Path mapping() {
        Path own = folder.resolve("mapping.json");
        return Files.exists(own) ? own : Path.of("mapping.json.example");
    }

    private SettingsReport report(Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>(Map.of("PAHEKO_MODE", "api", "PAHEKO_API_URL", paheko.base(), "PAHEKO_API_USER", StockApi.USER,
                "PAHEKO_API_PASSWORD", StockApi.PASSWORD, "PAHEKO_API_MAPPING", mapping().toString()));
        settings.putAll(changes);
        return SettingsReport.of(folder, settings);
    }
}
