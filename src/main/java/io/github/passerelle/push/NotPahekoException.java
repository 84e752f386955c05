package io.github.passerelle.push;

/**
 * A web page answered where Paheko's plugin was expected: the URL is wrong, or Paheko is being upgraded.
 */
public class NotPahekoException extends Exception {

    private static final long serialVersionUID = 1L;

    public NotPahekoException(String message) {
        super(message);
    }
}
