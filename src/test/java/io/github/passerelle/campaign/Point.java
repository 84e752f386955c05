package io.github.passerelle.campaign;

import java.util.List;

/** A step on the way between the worker and Redis, as it shows on the wire. */
enum Point {

    /** The worker asks for new entries; Redis does not know yet. */
    READ_ASKED,
    /** Redis has handed out entries; the worker does not know yet. */
    READ_ANSWERED,
    /** The worker acknowledges; Redis does not know yet. */
    ACK_ASKED,
    /** Redis has acknowledged; the worker does not know yet. */
    ACK_ANSWERED;

    private static final int KEYS_OF_ACKNOWLEDGEMENT = 5;

    static boolean isRead(List<String> command) {
        return !command.isEmpty() && command.get(0).equalsIgnoreCase("XREADGROUP");
    }

    /** A script, recognised by its keys: the stream first, what is counted last. */
    static boolean isAcknowledgement(List<String> command) {
        return command.size() > 3 + KEYS_OF_ACKNOWLEDGEMENT && command.get(0).toUpperCase().startsWith("EVAL")
                && command.get(2).equals(String.valueOf(KEYS_OF_ACKNOWLEDGEMENT))
                && command.get(2 + KEYS_OF_ACKNOWLEDGEMENT).startsWith("{" + command.get(3) + "}:counted:");
    }
}
