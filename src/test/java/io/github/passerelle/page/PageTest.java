package io.github.passerelle.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

import io.github.passerelle.fixture.Answer;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.Browser;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.fixture.Till;
import io.github.passerelle.push.ChannelTest;

/**
 * The page as a person sees it, in a real browser, with every state reached for real. With {@code -Dpasserelle.pictures=true} the pictures of the
 * documentation are taken on the way.
 */
@Timeout(300)
class PageTest extends ChannelTest {

    private static final String TOKEN = "right-token-right-token";
    private static final String SCRIPT = "<script>document.title='owned'</script><img src=x onerror=alert(1)>";
    private static final Path IMAGES = PasserelleProcess.repository().resolve("docs/images");

    /** The texts that are shown and whose contrast is less than WCAG asks for at level AA. */
    private static final String TOO_FAINT = """
            const rgb = (colour) => (colour.match(/[0-9.]+/g) ?? []).map(Number);
            const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
              .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
            const behind = (element) => {
              for (let at = element; at; at = at.parentElement) {
                const colour = rgb(getComputedStyle(at).backgroundColor);
                if (colour.length === 3 || colour[3] === 1) return colour;
              }
              return rgb(getComputedStyle(document.documentElement).backgroundColor);
            };
            const texts = [...document.querySelectorAll("body *")].filter((element) => element.checkVisibility()
              && [...element.childNodes].some((child) => child.nodeType === 3 && child.data.trim()) && element.tagName !== "SCRIPT");
            return texts.map((element) => {
              const style = getComputedStyle(element);
              const [one, other] = [light(rgb(style.color)), light(behind(element))].sort((a, b) => b - a);
              const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
              return { ratio: (one + 0.05) / (other + 0.05), least: large ? 3 : 4.5, text: element.textContent };
            }).filter(({ ratio, least }) => ratio < least).map(({ ratio, text }) => `${ratio.toFixed(2)} ${text.slice(0, 40)}`);""";

    private Browser browser;

    @BeforeAll
    void openBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void asUsual() {
        browser.language("fr-FR").size(900, 760).dark(false);
        browser.complaints();
    }

    @AfterEach
    void nothingIsComplainedAbout() {
        assertThat(browser.complaints()).isEmpty();
        browser.open("about:blank");
    }

    // -- each state ---------------------------------------------------------------------------------------------------------------------------

    @Test
    void allIsDelivered() {
        CashSession session = till.session(4);
        PasserelleApp app = start(app());
        open(app);
        says("busy", "La caisse n'a encore rien envoyé");
        untilAcknowledged(till.publish(session).toArray(Published[]::new));
        says("well", "Toutes les ventes sont dans Paheko");
        assertThat(browser.text("#waiting")).isEqualTo("0");
        assertThat(browser.text("#refused")).isEqualTo("0");
        browser.until("#last", "clôture de la session " + session.id());
        assertThat(browser.text("#last")).contains("aujourd'hui à");
        browser.until("#sessions-list", "clôturée dans Paheko");
        long cents = session.tickets().stream().mapToLong(SaleEvent::amountCents).sum();
        assertThat(browser.text("#sessions-list")).contains("Différence\naucune", euros(cents));
        assertThat(browser.script("return document.documentElement.lang")).isEqualTo("fr");
        browser.until("#enter-explained", "Cette page montre seulement");
        assertThat(browser.isShown("#enter")).isFalse();
        // what was shown before the sales were delivered is asked for again after a while
        open(app);
        says("well", "Toutes les ventes sont dans Paheko");
        picture("all-is-well.fr.png");
        fitsAndIsReadable();
        browser.size(360, 800);
        picture("all-is-well.narrow.fr.png");
        browser.language("en-GB,en").size(900, 760);
        open(app);
        says("well", "All sales are in Paheko");
        assertThat(browser.script("return document.documentElement.lang")).isEqualTo("en");
        browser.until("#sessions-list", "closed in Paheko");
        browser.language("de-DE,en;q=0.8,fr;q=0.5");
        open(app);
        says("well", "All sales are in Paheko");
        browser.language("de-DE");
        open(app);
        says("well", "Toutes les ventes sont dans Paheko");
    }

    @Test
    void withoutAPluginSessionsAreBookedWhenTheyAreClosed() {
        PasserelleApp app = start(app().api(paheko));
        CashSession session = till.session(3);
        session.events().subList(0, 4).forEach(till::publish);
        until("they are collected", () -> "4".equals(app.health().text("collected")));
        open(app);
        says("well", "Tout va bien : les ventes en caisse seront comptabilisées à la clôture");
        browser.until("#sessions-list", "Attendent la clôture\n3");
        till.publish(session.closed());
        says("well", "Toutes les ventes sont dans Paheko");
        browser.until("#sessions-list a[href='" + paheko.api().url(1) + "']", "voir dans Paheko");
        CashSession odd = till.session(1);
        till.publish(odd.opened());
        till.publish(odd.tickets().get(0).with("especes", "ticket-resto"));
        till.publish(odd.closed());
        says("act", "1 clôture");
        browser.until("#sessions-list", "Un compte manque dans le fichier des comptes.");
        browser.until("#sessions-list", "ticket-resto");
        fitsAndIsReadable();
    }

    @Test
    void theHistoryIsPlottedAndStandsInATableToo() {
        PasserelleApp app = start(app());
        untilAcknowledged(till.publish(till.session(4)).toArray(Published[]::new));
        untilQuarantined(till.publish(till.refusedTicket()));
        open(app);
        browser.until("#history-summary", "6 livraisons, 0 essai raté, 1 refus.");
        assertThat((Boolean) browser.script("""
                const canvas = document.getElementById("plot");
                return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);""")).isTrue();
        browser.click("summary");
        browser.until("#figures tbody tr:first-child", "6");
        browser.click("#history-week");
        browser.until("7 days", () -> ((Long) browser.script("return document.querySelectorAll('#figures tbody tr').length")) == 7);
        assertThat(browser.is("#history-week[aria-pressed='true']")).isTrue();
        browser.until("#history-summary", "6 livraisons");
        assertThat(browser.text("#figures tbody tr:first-child")).contains("€");
    }

    @Test
    void nothingIsSaidToBeWellWhileRedisOrPasserelleIsAway() throws Exception {
        PasserelleApp app = start(app());
        untilNextSaleIsDelivered();
        open(app);
        says("well", "Toutes les ventes sont dans Paheko");
        server.pause();
        try {
            says("unknown", "On ne sait pas où en sont les ventes : Redis ne répond pas");
            assertThat(browser.text("#waiting")).isEqualTo("?");
            assertThat(browser.text("#refused-summary")).isEqualTo("On ne sait pas pour l'instant.");
            picture("redis-is-away.fr.png");
        } finally {
            server.resume();
        }
        says("well", "Toutes les ventes sont dans Paheko");
        server.kill();
        redis.close();
        try {
            says("unknown", "Redis ne répond pas");
        } finally {
            server.restart();
        }
        says("well", "Toutes les ventes sont dans Paheko");
        app.close();
        says("unknown", "Passerelle ne répond pas");
        assertThat(browser.text("#updated")).startsWith("Dernière réponse à");
    }

    @Test
    void salesWaitWhilePahekoIsAwayAndARefusedOneComesBeforeThem() throws Exception {
        SaleEvent refused = till.refusedTicket();
        PasserelleApp app = start(app().setting("PAHEKO_PUSH_MAX_RETRIES", 0).setting("PAHEKO_PUSH_PROBE_SECONDS", 3600)
                .setting("PAHEKO_PUSH_PROBE_MAX_SECONDS", 3600));
        paheko.stop();
        try {
            for (int i = 0; i < 3; i++) {
                publishTicket();
            }
            app.awaitHealth("paused", health -> health.text("paused").equals("true"));
            open(app);
            says("wait", "3 ventes attendent : Paheko est injoignable");
            assertThat(browser.text("#advice")).contains("Rien à faire");
            browser.language("en-GB");
            open(app);
            says("wait", "3 sales wait: Paheko cannot be reached");
            picture("paheko-is-away.en.png");
        } finally {
            paheko.startAgain();
        }
        app.close();
        browser.language("fr-FR");
        // refused while others fail
        paheko.when(request -> !request.key().equals(refused.key()), Behaviour.answer(503));
        PasserelleApp next = start(app().setting("PAHEKO_PUSH_MAX_RETRIES", 0).setting("PAHEKO_PUSH_PROBE_SECONDS", 0.1)
                .setting("PAHEKO_PUSH_PROBE_MAX_SECONDS", 0.1));
        untilQuarantined(till.publish(refused));
        open(next);
        says("act", "1 vente refusée : à voir");
        browser.until("#also", "ventes");
        paheko.normal();
        browser.until("the others are delivered", () -> browser.text("#also").isEmpty() && browser.text("#pending").equals("0"));
        says("act", "1 vente refusée : à voir");
        browser.until("#refused-list", "« Champ invalide : total_amount (différent de la somme des paiements) »");
        assertThat(browser.text("#refused-list")).contains("Vente de " + euros(refused.amountCents()), "Paheko refuse cette vente.")
                .doesNotContain("Renvoyer");
        picture("a-sale-is-refused.fr.png");
        fitsAndIsReadable();
        browser.size(360, 800).dark(true);
        picture("a-sale-is-refused.narrow.dark.fr.png");
    }

    @Test
    void saysWhatAPersonMustPutRight() throws Exception {
        paheko.answer(401);
        PasserelleApp wrongSecret = start(app());
        Published sale = publishTicket();
        wrongSecret.awaitHealth("paused", health -> health.text("paused").equals("true"));
        open(wrongSecret);
        says("act", "1 vente attend : Paheko n'accepte pas le secret de Passerelle");
        assertThat(browser.text("#advice")).contains("À corriger");
        wrongSecret.context().getRouteController().stopRoute("push-caisse");
        says("act", "Passerelle ne travaille pas : rien ne part vers Paheko, 1 vente attend");
        wrongSecret.close();

        PasserelleApp unconfigured = start(app().without("PAHEKO_PLUGIN_SECRET"));
        open(unconfigured);
        says("act", "Passerelle n'est pas encore réglée : rien ne part vers Paheko, 1 vente attend");
        unconfigured.close();

        paheko.normal();
        PasserelleApp active = start();
        untilAcknowledged(sale);
        PasserelleApp standby = start();
        standby.awaitHealth("standby", health -> health.text("role").equals("standby"));
        open(standby);
        says("well", "Toutes les ventes sont dans Paheko");
        browser.until("#also", "Ce Passerelle-ci est en réserve : un autre envoie les ventes.");
        open(active);
        says("well", "Toutes les ventes sont dans Paheko");
        assertThat(browser.text("#also")).isEmpty();
    }

    // -- decisions ----------------------------------------------------------------------------------------------------------------------------

    @Test
    void whoHoldsTheTokenReplaysDiscardsAndReleases() {
        CashSession session = till.sessionWithRefusedTicket(2, 0);
        PasserelleApp app = start(app().setting("PASSERELLE_ADMIN_TOKEN", TOKEN));
        List<Published> published = till.publish(session);
        Published refused = published.get(1);
        Published closed = published.get(3);
        untilQuarantined(refused);
        open(app);
        says("act", "1 vente refusée : à voir");
        browser.until("#also", "1 clôture de caisse attend");
        browser.until("#sessions-list", "La clôture attend 1 vente de cette session.");
        assertThat(browser.isShown("button[data-action]")).isFalse();
        browser.until("#refused-summary", "entrez d'abord le code");

        browser.type("#token", "not-the-right-token");
        browser.click("#enter button");
        browser.until("#enter-answer", "Ce code n'est pas le bon.");
        enter();
        browser.until("the buttons are there", () -> browser.isShown("button[data-action='replay']"));
        picture("deciding.fr.png");

        // refused again
        browser.click("button[data-action='replay']");
        browser.until("#decision-title", "Renvoyer à Paheko ?");
        browser.click("#decision-confirm");
        paheko.awaitRequests(2, refused.key());
        untilQuarantined(refused);
        browser.until("the dialog is closed", () -> !browser.isShown("#decision"));

        browser.until("the button is back", () -> browser.isShown("button[data-action='release']"));
        browser.click("button[data-action='release']");
        browser.until("#decision-title", "Libérer la clôture ?");
        browser.click("#decision-confirm");
        assertThat(browser.isShown("#decision")).as("name and reason are required").isTrue();
        browser.type("#author", "Ana");
        browser.type("#reason", "La vente sera saisie à la main");
        browser.click("#decision-confirm");
        untilAcknowledged(closed);
        browser.until("#sessions-list", "clôturée dans Paheko");
        assertThat(quarantineRecord(closed.entryId())).containsEntry("author", "Ana").containsEntry("reason", "La vente sera saisie à la main");

        browser.click("button[data-action='discard']");
        browser.until("#decision-about", "Vente de " + euros(session.tickets().get(0).amountCents()));
        assertThat(browser.value("#author")).as("it is the same person").isEqualTo("Ana");
        browser.type("#reason", "Saisie à la main, n° 212");
        browser.click("#decision-confirm");
        browser.until("#refused-summary", "Aucune.");
        browser.until("#enter-answer", "C'est fait : elle est abandonnée.");
        assertThat(pending()).isEmpty();
        assertThat(quarantineRecord(refused.entryId())).containsEntry("author", "Ana").containsEntry("reason", "Saisie à la main, n° 212");

        browser.type("#search-id", session.id());
        browser.click("#search button");
        browser.until("#search-summary", "4 résultats");
        assertThat(browser.text("#search-list")).contains("Vente de " + euros(session.tickets().get(1).amountCents()), "abandonnée", "par Ana : « Saisie à la main, n° 212 »", "livrée à Paheko");
        browser.type("#search-id", "nothing-of-this-name");
        browser.click("#search button");
        browser.until("#search-summary", "Rien de connu sous ce numéro.");
        browser.click("#leave");
        browser.until("the code is asked for again", () -> browser.isShown("#token"));
        assertThat(browser.script("return sessionStorage.length")).isEqualTo(0L);
    }

    @Test
    void theKeyboardDoesAll() {
        PasserelleApp app = start(app().setting("PASSERELLE_ADMIN_TOKEN", TOKEN));
        Published refused = till.publish(till.refusedTicket());
        untilQuarantined(refused);
        open(app);
        browser.until("the list is there", () -> browser.isShown("#refused-list li") && browser.isShown("#token"));
        browser.tabTo(".skip");
        assertThat(browser.isShown(".skip")).isTrue();
        browser.tabTo("#search-id");
        browser.write(refused.sale().key().substring("pos.ticket.created:".length()));
        browser.press(Keys.ENTER);
        browser.until("#search-summary", "1 résultat");
        browser.tabTo("#token");
        browser.write(TOKEN);
        browser.press(Keys.ENTER);
        browser.until("the buttons are there", () -> browser.isShown("button[data-action='discard']"));
        assertThat(browser.is("#leave:focus")).isTrue();
        browser.script("document.getElementById('main').focus()");
        browser.tabTo("button[data-action='discard']");
        browser.press(Keys.ENTER);
        browser.until("the dialog has the focus", () -> browser.is("#author:focus"));
        browser.press(Keys.ESCAPE);
        browser.until("the focus is back", () -> browser.is("button[data-action='discard']:focus"));
        assertThat(quarantined()).hasSize(1);
        browser.press(Keys.SPACE);
        browser.until("the dialog has the focus", () -> browser.is("#author:focus"));
        browser.write("Ana");
        browser.tabTo("#reason");
        browser.write("Saisie à la main");
        browser.tabTo("#decision-confirm");
        browser.press(Keys.ENTER);
        browser.until("#refused-summary", "Aucune.");
        assertThat(quarantineRecord(refused.entryId())).containsEntry("reason", "Saisie à la main");
    }

    @Test
    void whatIsBeingWrittenOrReadStaysAsItIsWhenThePageUpdatesItself() {
        PasserelleApp app = start(app().setting("PASSERELLE_ADMIN_TOKEN", TOKEN));
        Published refused = till.publish(till.refusedTicket());
        untilQuarantined(refused);
        browser.size(1000, 500);
        open(app);
        browser.until("the list is there", () -> browser.isShown("#refused-list li"));
        enter();
        browser.type("#search-id", "half a num");
        browser.script("document.querySelector(\"button[data-action='replay']\").focus(); scrollTo(0, 300)");
        untilQuarantined(till.publish(till.refusedTicket()));
        says("act", "2 ventes refusées : à voir");
        browser.until("both are there", () -> browser.script("return document.querySelectorAll('#refused-list li').length").equals(2L));
        assertThat(browser.value("#search-id")).isEqualTo("half a num");
        assertThat(browser.is("button[data-action='replay'][data-subject='" + refused.entryId() + "']:focus")).isTrue();
        browser.click("button[data-subject='" + refused.entryId() + "'][data-action='discard']");
        browser.type("#author", "An");
        browser.type("#reason", "Saisie à");
        untilQuarantined(till.publish(till.refusedTicket()));
        browser.until("three are there", () -> browser.script("return document.querySelectorAll('#refused-list li').length").equals(3L));
        assertThat(browser.isShown("#decision")).isTrue();
        assertThat(browser.value("#author")).isEqualTo("An");
        assertThat(browser.value("#reason")).isEqualTo("Saisie à");
        assertThat(browser.is("#reason:focus")).isTrue();
    }

    // -- what is stored -----------------------------------------------------------------------------------------------------------------------

    @Test
    void whatIsStoredIsShownAsTextAndNothingElse() {
        SaleEvent odd = till.ticket();
        paheko.when(of(odd), Behaviour.answer(Answer.error(422, SCRIPT + " answer")));
        // the plugin takes any text for an id
        paheko.when(received -> received.bodyText().contains("onerror"), Behaviour.answer(422));
        PasserelleApp app = start(app().setting("PASSERELLE_ADMIN_TOKEN", TOKEN));
        Published refused = till.publish(odd);
        String hostile = redis.xadd(stream, "event", SCRIPT, "payload", payload());
        String ids = redis.xadd(stream, "event", "pos.ticket.created", "payload", payload());
        untilQuarantined(refused);
        untilQuarantined(new Published(hostile, odd), new Published(ids, odd));
        // whatever may stand in the notes and in the ledgers one day
        String[] round = round(hostile).split(" ", 4);
        redis.command("HSET", "{" + stream + "}:due", Till.GROUP + " " + hostile, String.join(" ", round[0], round[1], round[2], note()));
        redis.command("HSET", ledgerKey(SCRIPT + " session"), "tickets", 1, "cents", 100, "type", SCRIPT, "paid:" + SCRIPT + " method", 100);
        redis.command("ZADD", "{" + stream + "}:counted:" + Till.GROUP, System.currentTimeMillis(), "session:" + SCRIPT + " session");
        open(app);
        enter();
        browser.until("#refused-list", SCRIPT + " answer");
        browser.until("#refused-list", SCRIPT + " event");
        assertThat(browser.text("#refused-list")).contains(SCRIPT + " session", SCRIPT + " noted");
        browser.until("#sessions-list", SCRIPT + " session");
        assertThat(browser.text("#sessions-list")).contains(SCRIPT + " method");
        browser.until("#last", "session " + SCRIPT + " session");
        browser.click("button[data-subject='" + hostile + "'][data-action='discard']");
        browser.until("#decision-about", SCRIPT + " event");
        browser.type("#author", SCRIPT + " me");
        browser.type("#reason", SCRIPT + " why");
        browser.click("#decision-confirm");
        browser.until("it is gone", () -> !browser.text("#refused-list").contains(SCRIPT + " event"));
        browser.type("#search-id", hostile);
        browser.click("#search button");
        browser.until("#search-list", "par " + SCRIPT + " me : « " + SCRIPT + " why »");
        // no session has such a name, whatever was written into the notes
        browser.type("#search-id", SCRIPT + " session");
        browser.click("#search button");
        browser.until("#search-summary", "Rien de connu sous ce numéro.");
        assertThat(browser.script("return document.querySelectorAll('main script, dialog script, img').length")).isEqualTo(0L);
        assertThat((String) browser.script("return document.title")).doesNotContain("owned");
    }

    private static String payload() {
        return """
                {"event": "pos.ticket.created", "sale_id": "%1$s sale", "cash_session_id": "%1$s session", "total_amount": 100, "note": null,
                 "items": [{"total_price": 100}], "payments": [{"payment_method": "%1$s", "amount": 100}]}""".formatted(SCRIPT);
    }

    private static String note() {
        return """
                {"event": "%1$s event", "session": "%1$s session", "key": "%1$s key", "first": 1, "last": 1, "tries": 1, "cause": "%1$s cause",
                 "status": 422, "answer": "%1$s noted"}""".formatted(SCRIPT);
    }

    // -- what all of it needs -------------------------------------------------------------------------------------------------------------------

    private void enter() {
        browser.until("the code is asked for", () -> browser.isShown("#token"));
        browser.type("#token", TOKEN);
        browser.click("#enter button");
        browser.until("#enter-explained", "Vous pouvez décider");
    }

    /** At 360 pixels nothing is cut off, in both schemes, and each text stands out from what is behind it. */
    private void fitsAndIsReadable() {
        for (boolean dark : List.of(false, true)) {
            browser.size(360, 800).dark(dark);
            browser.script("document.querySelector('details').open = true");
            assertThat(browser.script("return document.documentElement.scrollWidth")).as("width").isEqualTo(360L);
            assertThat((List<?>) browser.script(TOO_FAINT)).as(dark ? "dark" : "light").isEmpty();
        }
        browser.script("document.querySelector('details').open = false");
        browser.size(900, 760).dark(false);
    }

    private static String euros(long cents) {
        return String.format("%d,%02d", cents / 100, cents % 100);
    }

    private void open(PasserelleApp app) {
        browser.openNew("http://127.0.0.1:" + app.port() + "/");
    }

    private void says(String level, String sentence) {
        browser.until("#sentence", sentence);
        browser.until("the level is " + level, () -> browser.is("#status[data-level='" + level + "']"));
    }

    private void picture(String name) {
        if (Boolean.getBoolean("passerelle.pictures")) {
            browser.picture(IMAGES.resolve(name));
        }
    }
}
