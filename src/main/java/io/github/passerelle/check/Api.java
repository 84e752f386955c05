package io.github.passerelle.check;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.passerelle.settings.ApiSettings;

/**
 * What Paheko's own API is asked. Of all that, Paheko keeps nothing but when the key was used last.
 */
final class Api implements AutoCloseable {

    private final ApiSettings settings;
    private final ChannelHttp http;

    Api(ApiSettings settings, ChannelHttp http) {
        this.settings = settings;
        this.http = http;
    }

    /** As for a session, of which there is none. */
    HttpAnswer lookUp() throws Exception {
        return sql("SELECT t.id, (SELECT SUM(l.debit) FROM acc_transactions_lines l WHERE l.id_transaction = t.id) AS total FROM acc_transactions t"
                   + " WHERE t.reference = 'RECYCLIC-SESSION-' LIMIT 2");
    }

    /** An entry for the books with nothing in it: who may book is told what is missing. */
    HttpAnswer bookNothing() throws Exception {
        return send("POST", "accounting/transaction", "", Map.of("Content-Type", "application/json"), "{}");
    }

    /** A report of an error that is none, which only an administrator's key may hand in. */
    HttpAnswer reportNothing() throws Exception {
        return send("POST", "errors/report", "", Map.of("Content-Type", "text/plain"), "x");
    }

    HttpAnswer years() throws Exception {
        return send("GET", "accounting/years", "", Map.of(), "");
    }

    /** Those of the accounts that are there; the list of all may be longer than an answer that is read. */
    HttpAnswer accounts(long chart, Collection<String> codes) throws Exception {
        String wanted = codes.stream().map(code -> "'" + code.replace("'", "''") + "'").collect(Collectors.joining(", "));
        return sql("SELECT code, archived FROM acc_accounts WHERE id_chart = " + chart + " AND code IN (" + wanted + ")");
    }

    private HttpAnswer sql(String statement) throws Exception {
        return send("GET", "sql", "sql=" + statement, Map.of(), "");
    }

    private HttpAnswer send(String method, String path, String query, Map<String, String> headers, String body) throws Exception {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Authorization", settings.authorization());
        return http.send(new HttpQuestion(method, settings.url() + "/api/" + path, query, all, body), settings.timeout());
    }

    @Override
    public void close() {
        http.close();
    }
}
