package io.github.passerelle.booking;

import java.util.List;

/**
 * The mapping is not as it must be. The message has a line for each fault: the file, the place, what is wrong, what is allowed.
 */
public class InvalidMappingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> faults;

    InvalidMappingException(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** A line each. */
    public List<String> faults() {
        return faults;
    }
}
