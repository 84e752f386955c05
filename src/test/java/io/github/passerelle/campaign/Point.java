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
    // with its own name, that of the script and the number of keys
    private static final int ARGUMENTS_OF_READING_MANY = 10;

    /** The command, or the script that reads many, recognised by the number of its arguments. */
    static boolean isRead(List<String> command) {
        return !command.isEmpty() && (isReadCommand(command) || command.size() == ARGUMENTS_OF_READING_MANY && isScript(command, 1));
    }

    /** What one of these was answered: the script says first what is pending. */
    static boolean bringsEntries(List<String> command, List<?> answer) {
        return isReadCommand(command) || answer.size() > 1;
    }

    private static boolean isReadCommand(List<String> command) {
        return command.get(0).equalsIgnoreCase("XREADGROUP");
    }

    private static boolean isScript(List<String> command, int keys) {
        return command.get(0).toUpperCase().startsWith("EVAL") && command.get(2).equals(String.valueOf(keys));
    }

    /** A script, recognised by its keys: the stream first, what is counted last. */
    static boolean isAcknowledgement(List<String> command) {
        return command.size() > 3 + KEYS_OF_ACKNOWLEDGEMENT && isScript(command, KEYS_OF_ACKNOWLEDGEMENT)
                && command.get(2 + KEYS_OF_ACKNOWLEDGEMENT).startsWith("{" + command.get(3) + "}:counted:");
    }
}
