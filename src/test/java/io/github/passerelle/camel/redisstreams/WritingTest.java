package io.github.passerelle.camel.redisstreams;

import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the tests of the producer share: an application that only writes. */
abstract class WritingTest extends StreamTest {

    StreamApp app;
    ProducerTemplate template;

    @BeforeAll
    void startProducer() throws Exception {
        app = StreamApp.producer(server.url());
        template = app.context().createProducerTemplate();
    }

    @AfterAll
    void stopProducer() {
        app.close();
    }
}
