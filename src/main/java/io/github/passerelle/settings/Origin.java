package io.github.passerelle.settings;

/** Where the value of a setting comes from. */
public enum Origin {

    ENVIRONMENT("environment"),
    DOTENV(".env"),
    DEFAULT("default"),
    NOT_SET("not set");

    private final String words;

    Origin(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
