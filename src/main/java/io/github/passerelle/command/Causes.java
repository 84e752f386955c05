package io.github.passerelle.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.passerelle.push.Cause;
import io.github.passerelle.tracking.Queries;

/**
 * What the cause codes mean, in plain words.
 */
final class Causes {

    private Causes() {
    }

    /** All that an entry may be quarantined for, or be pending for. */
    static List<String> codes() {
        List<String> codes = new ArrayList<>(Arrays.stream(Cause.values()).map(Cause::code).toList());
        codes.add(Queries.NO_CAUSE);
        return codes;
    }

    static String words(String code) {
        return Arrays.stream(Cause.values()).filter(cause -> cause.code().equals(code)).findFirst().map(Causes::words)
                .orElse("why is not known");
    }

    private static String words(Cause cause) {
        return switch (cause) {
            case PAHEKO_UNREACHABLE -> "Paheko cannot be reached";
            case PAHEKO_TIMEOUT -> "Paheko did not answer in time";
            case CONNECTION_LOST -> "the connection broke before Paheko had answered";
            case PAHEKO_5XX -> "Paheko answers with an error of its own";
            case PAHEKO_BUSY -> "Paheko asks for patience";
            case REJECTED -> "Paheko refuses it";
            case UNAUTHORIZED -> "Paheko does not accept the secret";
            case NOT_FOUND -> "there is no plugin at the address: it is wrong, or the plugin is switched off";
            case REDIRECTED -> "Paheko points to another address: an upgrade is under way, or the address is wrong";
            case NOT_PAHEKO -> "a web page answers in place of the plugin";
            case TLS -> "the certificate or the TLS connection is at fault";
            case UNREADABLE -> "it cannot be sent as a sale; the log says why";
            case TRIMMED -> "it was dropped from the stream before it was delivered: its content is lost";
            case SESSION_BOOKED -> "its cash session was booked before it came: enter it in Paheko by hand, then discard it here";
            case IN_DOUBT -> "an earlier request may still be under way: it is looked up soon whether Paheko has booked it";
            case NOT_MAPPED -> "the mapping names no account for something that is to be booked";
            case TOTALS_DIFFER -> "the till's totals are not those of its tickets";
            case TOTALS_UNKNOWN -> "nothing tells whether all tickets of the session are there";
            case CONTRADICTORY -> "the till published something of the session twice, and not as the same";
            case BOOKED_DIFFERENTLY -> "another amount is booked under the session's reference than its entries come to";
            case TOO_LARGE -> "an amount is beyond what Paheko takes";
            case REDIS_UNAVAILABLE -> "Redis did not answer what is needed to send it";
            case INTERNAL -> "a fault in the routes or in Passerelle itself";
        };
    }
}
