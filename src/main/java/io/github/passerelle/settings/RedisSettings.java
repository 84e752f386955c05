package io.github.passerelle.settings;

/**
 * Where the till's stream is, and who reads it.
 *
 * @param url      without user and password
 * @param username empty for the default user
 * @param password empty for none
 * @param caFile   a file of certificates to trust besides those that Java trusts; empty for none
 */
public record RedisSettings(String url, String username, String password, String caFile, String stream, String group) {

    /** Without the password. */
    @Override
    public String toString() {
        return "stream " + stream + ", group " + group + ", at " + url;
    }
}
