package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.passerelle.fixture.PasserelleApp;
import io.github.passerelle.fixture.Scrape;

class MetricsTest extends ChannelTest {

    @Test
    void show() throws Exception {
        PasserelleApp app = start();
        untilNextSaleIsDelivered();
        System.err.println(app.get("/observe/metrics").body());
    }
}
