package io.github.passerelle.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import io.github.passerelle.fixture.Answer;
import io.github.passerelle.fixture.Behaviour;
import io.github.passerelle.fixture.Browser;
import io.github.passerelle.fixture.CashSession;
import io.github.passerelle.fixture.PahekoStandIn;
import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.PasserelleProcess;
import io.github.passerelle.fixture.Published;
import io.github.passerelle.fixture.SaleEvent;
import io.github.passerelle.push.ChannelTest;

/**
 * The page as a person sees it, in a real browser, with every state reached for real. With {@code -Dpasserelle.pictures=true} the pictures of the
 * documentation are taken on the way.
 */
class PageTest extends ChannelTest {

    private static final String TOKEN = "right-token-right-token";
    private static final String SCRIPT = "<script>document.title='owned'</script><img src=x onerror=alert(1)>";
    private static final Path IMAGES = PasserelleProcess.repository().resolve("docs/images");

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
        browser.language("fr-FR").size(1000, 900).dark(false);
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
        Published[] published = till.publish(session).toArray(Published[]::new);
        untilAcknowledged(published);
        open(app);
        says("well", "Toutes les ventes sont dans Paheko");
        assertThat(browser.text("#waiting")).isEqualTo("0");
        assertThat(browser.text("#refused")).isEqualTo("0");
        browser.until("#last", "clôture de la session " + session.id());
        assertThat(browser.text("#last")).contains("aujourd'hui à");
        browser.until("#sessions-list", "clôturée dans Paheko");
        browser.until("#history-summary", "livraison");
        assertThat(browser.script("return document.documentElement.lang")).isEqualTo("fr");
        picture("all-is-well.fr.png");
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
