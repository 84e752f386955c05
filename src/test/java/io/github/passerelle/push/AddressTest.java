package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Received;

/** The query of an address, and options that Camel would make one of. */
class AddressTest extends ChannelTest {

    private static final String SECOND_DESTINATION = """
                    - setHeader:
                        id: query
                        name: CamelHttpQuery
                        constant: key=a%2Bb
                    - to:
                        id: second
                        uri: SECOND
                        parameters:
                          httpMethod: POST
                    - removeHeader:
                        id: forget-secret
            """;

    @Test
    void sendsTheQueryOfTheAddress() {
        start(to(paheko.url() + "?token=a%20b&site=2"));
        publishTicket();
        assertThat(paheko.awaitRequests(1)).extracting(Received::path).singleElement().asString().endsWith("?site=2&token=a+b");
    }

    @Test
    void sendsNoOptionWithASlipOfThePen() {
        assertThatThrownBy(() -> start(withSlip(app()))).hasRootCauseMessage("http has no option resposeTimeout;"
                + " the query of an address other than PAHEKO_PLUGIN_URL goes into the header CamelHttpQuery");
        assertThatThrownBy(() -> start(withSlip(to(paheko.url() + "?token=x")))).rootCause().hasMessageStartingWith("http has no option resposeTimeout;");
    }

    @Test
    void sendsTheQueryOfAnotherAddressThatAHeaderHolds() {
        start(app().edit("push-caisse.camel.yaml", yaml -> yaml.replace("        - removeHeader:\n            id: forget-secret\n",
                SECOND_DESTINATION.replace("SECOND", paheko.url() + "/second"))));
        publishTicket();
        assertThat(paheko.awaitRequests(2)).extracting(Received::path).last().asString().endsWith("/second?key=a%2Bb");
    }

    private PasserelleApp.Builder to(String address) {
        return app().setting("PAHEKO_PLUGIN_URL", address);
    }

    private static PasserelleApp.Builder withSlip(PasserelleApp.Builder app) {
        return app.edit("push-caisse.camel.yaml", yaml -> yaml.replace("responseTimeout:", "resposeTimeout:"));
    }
}
