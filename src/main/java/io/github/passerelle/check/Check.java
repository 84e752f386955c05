package io.github.passerelle.check;

import java.util.List;

/**
 * A look at one thing, such as the settings, or one other end. It writes nothing there, and what it cannot do it tells as a finding.
 */
public interface Check {

    /** What is looked at, in a word or two. */
    String subject();

    /** In the order in which they are to be read. */
    List<Finding> look() throws Exception;
}
