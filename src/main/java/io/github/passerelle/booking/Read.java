package io.github.passerelle.booking;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.passerelle.push.Amounts;
import io.github.passerelle.push.UnreadableEntryException;

/** Takes fields out of a payload, and names the one that is not as it must be. */
final class Read {

    private Read() {
    }

    /** @param place what the field is called in the payload */
    static long cents(JsonNode amount, String place) throws UnreadableEntryException {
        return Amounts.cents(amount).orElseThrow(
                () -> new UnreadableEntryException(place + (isAbsent(amount) ? " is missing" : " is no whole number of cents within reason")));
    }

    /** @return empty where it is missing or null */
    static Optional<Long> centsIfThere(JsonNode object, String name) throws UnreadableEntryException {
        JsonNode amount = object.path(name);
        return isAbsent(amount) ? Optional.empty() : Optional.of(cents(amount, name));
    }

    /** @return null where it is missing or null */
    static String text(JsonNode object, String name, String place) throws UnreadableEntryException {
        JsonNode text = object.path(name);
        if (!isAbsent(text) && !text.isTextual()) {
            throw new UnreadableEntryException(place + " is no text");
        }
        return text.textValue();
    }

    static JsonNode list(JsonNode object, String name) throws UnreadableEntryException {
        JsonNode list = object.path(name);
        if (!list.isArray()) {
            throw new UnreadableEntryException(name + (isAbsent(list) ? " is missing" : " is no list"));
        }
        return list;
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
