package io.github.passerelle.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.passerelle.fixture.Received;

/** What the receiver said, in its own words. */
final class Words {

    private Words() {
    }

    static String of(Received request) {
        try {
            return new ObjectMapper().readTree(request.answer()).path("message").asText(request.answer());
        } catch (JsonProcessingException e) {
            return request.answer();
        }
    }
}
