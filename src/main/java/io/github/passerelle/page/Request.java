package io.github.passerelle.page;

import java.util.List;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * What a browser asks for, as it came over the wire: among Camel's headers stands what the query says as well, and anybody can write a query.
 */
final class Request {

    private final HttpServerRequest http;

    private Request(HttpServerRequest http) {
        this.http = http;
    }

    static Request of(Exchange exchange) {
        return new Request(exchange.getIn(HttpMessage.class).getRequest());
    }

    String path() {
        return http.path();
    }

    /** The name and port that the browser asked for; empty when it is not certain. */
    Optional<String> host() {
        // in HTTP/2 it is no header
        return http.version() == HttpVersion.HTTP_2 ? Optional.ofNullable(http.authority()).map(Object::toString) : only("Host");
    }

    /** Empty when there is none. */
    String query() {
        return http.query() == null ? "" : http.query();
    }

    /** The value of a query that consists of this parameter alone. */
    Optional<String> parameter(String name) {
        return http.params().entries().size() == 1 ? Optional.ofNullable(http.params().get(name)) : Optional.empty();
    }

    boolean has(String header) {
        return http.headers().contains(header);
    }

    /** The value of a header that stands there once; one that is repeated means nothing certain. */
    Optional<String> only(String header) {
        List<String> values = http.headers().getAll(header);
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }
}
