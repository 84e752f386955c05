package io.github.passerelle.check;

import java.util.Map;

/**
 * What is asked over HTTP.
 *
 * @param query as it is meant, not encoded; empty for none but that of the URL
 * @param body  empty for none
 */
record HttpQuestion(String method, String url, String query, Map<String, String> headers, String body) {
}
