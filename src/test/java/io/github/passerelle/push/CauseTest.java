package io.github.passerelle.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.passerelle.fixture.PasserelleProcess;

class CauseTest {

    @ParameterizedTest
    @CsvSource({
            "300, redirected", "301, redirected", "302, redirected", "304, redirected", "307, redirected", "399, redirected",
            "400, rejected", "402, rejected", "406, rejected", "409, rejected", "410, rejected", "413, rejected", "415, rejected",
            "422, rejected", "451, rejected", "499, rejected",
            "401, unauthorized", "403, unauthorized", "404, not_found", "405, not_found",
            "408, paheko_busy", "425, paheko_busy", "429, paheko_busy",
            "500, paheko_5xx", "502, paheko_5xx", "503, paheko_5xx", "504, paheko_5xx", "599, paheko_5xx",
            "600, not_paheko", "199, not_paheko" })
    void anAnswerIsNamedByItsStatus(int status, String code) {
        assertThat(Cause.of(answer(status)).code()).isEqualTo(code);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new ConnectException("refused"), "paheko_unreachable"),
                arguments(new HttpHostConnectException("refused"), "paheko_unreachable"),
                arguments(new ConnectTimeoutException("connect timed out"), "paheko_unreachable"),
                arguments(new UnknownHostException("paheko.example"), "paheko_unreachable"),
                arguments(new NoRouteToHostException("none"), "paheko_unreachable"),
                arguments(new SocketTimeoutException("read timed out"), "paheko_timeout"),
                arguments(new SocketException("connection reset"), "connection_lost"),
                arguments(new SocketException("Too many open files"), "internal"),
                arguments(new NoHttpResponseException("gone"), "connection_lost"),
                arguments(new IOException("anything else"), "connection_lost"),
                arguments(new SSLHandshakeException("untrusted"), "tls"),
                arguments(new NotPahekoException("a page"), "not_paheko"),
                arguments(new UnreadableEntryException("no JSON"), "unreadable"),
                arguments(new IllegalStateException("a fault of ours"), "internal"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsNamedByWhatWentWrong(Throwable failure, String code) {
        assertThat(Cause.of(failure).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatCamelWrapsIsLookedInto(Throwable failure, String code) {
        assertThat(Cause.of(new RuntimeCamelException("wrapped", failure)).code()).isEqualTo(code);
    }

    /** Camel keeps the failures of earlier tries as suppressed ones. */
    @ParameterizedTest
    @MethodSource("failures")
    void whatFailedBeforeDoesNotCount(Throwable failure, String code) {
        Exception last = new Exception("wrapped", failure);
        for (Throwable before : new Throwable[] { answer(503), new ConnectException("refused"), new NotPahekoException("a page") }) {
            last.addSuppressed(before);
            failure.addSuppressed(before);
        }
        assertThat(Cause.of(last).code()).isEqualTo(code);
    }

    @Test
    void everyCodeIsOneWordForAMachine() {
        assertThat(Cause.values()).allSatisfy(cause -> assertThat(cause.code()).matches("[a-z0-9_]+"));
    }

    /** The table of the delivery page: a class stands in the first of its rows only. */
    @Test
    void thePageThatTellsWhatFollowsKnowsEveryCode() throws IOException {
        Map<String, String> told = new HashMap<>();
        String failureClass = "";
        for (String line : Files.readAllLines(PasserelleProcess.repository().resolve("docs/delivery.md"))) {
            Matcher row = Pattern.compile("\\| ([\\w ]*?) ?\\| [^|]+ \\| `(\\w+)` \\| .*").matcher(line);
            if (row.matches()) {
                failureClass = row.group(1).isEmpty() ? failureClass : row.group(1).replace(' ', '_');
                told.put(row.group(2), failureClass);
            }
        }
        Map<String, String> known = Arrays.stream(Cause.values()).collect(Collectors.toMap(Cause::code, cause -> cause.failureClass().code()));
        assertThat(told).isEqualTo(known);
    }

    private static HttpOperationFailedException answer(int status) {
        return new HttpOperationFailedException("https://paheko.example/", status, "", null, Map.of(), "");
    }
}
