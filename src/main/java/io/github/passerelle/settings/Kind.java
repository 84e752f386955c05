package io.github.passerelle.settings;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What values a setting takes, and the form in which Camel gets them.
 */
interface Kind {

    /**
     * @return                          the value as Camel takes it
     * @throws IllegalArgumentException when the value is not allowed; the message says what is wrong and then what is allowed, and never
     *                                  repeats a secret
     */
    String read(String value);

    static Kind text() {
        return value -> value;
    }

    /** What an HTTP header carries as it is: nothing is shown of a value that does not do. */
    static Kind secret() {
        return value -> {
            if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                throw new IllegalArgumentException("a character in it cannot be sent in an HTTP header; allowed: letters without accents,"
                                                   + " digits, blanks and the signs of the ASCII table");
            }
            return value;
        };
    }

    /** What a person types once and an HTTP header carries: nothing is shown of a value that does not do. */
    static Kind token(int shortest) {
        return value -> {
            boolean carried = value.chars().allMatch(c -> c > ' ' && c <= '~');
            if (!carried || value.length() < shortest) {
                throw new IllegalArgumentException((carried ? "it is too short to be hard to guess" : "it holds a blank, an accent or another"
                                                   + " character that is not in the ASCII table")
                                                   + "; allowed: at least " + shortest + " letters without accents, digits and signs of the ASCII"
                                                   + " table, without blanks");
            }
            return value;
        };
    }

    /** Empty for none. In lower case, with commas between them and no blanks. */
    static Kind hostNames() {
        return value -> {
            List<String> names = Arrays.stream(value.split(",")).map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
            if (names.isEmpty() || !names.stream().allMatch(name -> name.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?"))) {
                throw wrong(value, "names of hosts without ports, such as caisse.example.org, with commas between them");
            }
            return String.join(",", names);
        };
    }

    static Kind integer(long min, long max) {
        return value -> {
            try {
                long number = Long.parseLong(value);
                if (number >= min && number <= max) {
                    return Long.toString(number);
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw wrong(value, "a whole number from " + min + " to " + max);
        };
    }

    static Kind decimal(String min, String max) {
        return value -> number(value, min, max, "a number from " + min + " to " + max).toPlainString();
    }

    /** Seconds, decimals allowed; Camel's durations take none, so what comes out is whole milliseconds. */
    static Kind seconds(String min, String max) {
        return value -> Long.toString(number(value, min, max, "seconds from " + min + " to " + max + ", decimals allowed")
                .movePointRight(3).longValue());
    }

    static Kind oneOf(String... allowed) {
        List<String> values = Arrays.asList(allowed);
        return value -> values.stream().filter(value::equalsIgnoreCase).findFirst()
                .orElseThrow(() -> wrong(value, "one of " + String.join(", ", values)));
    }

    static Kind httpUrl() {
        return value -> {
            URI uri = url(value, "https://paheko.example/p/recyclic/push.php", "http", "https");
            if (uri.getUserInfo() != null) {
                throw new IllegalArgumentException("a user or password in the URL would be shown in logs; the secret goes into"
                                                   + " PAHEKO_PLUGIN_SECRET; allowed: a URL such as https://paheko.example/p/recyclic/push.php");
            }
            if (uri.getRawQuery() != null && uri.getRawQuery().matches("(?i).*%2[6b].*")) {
                throw new IllegalArgumentException("Camel would send the %26 or %2B after the ? as something else;"
                                                   + " allowed: a URL without them, such as https://paheko.example/p/recyclic/push.php");
            }
            return withLowerCaseScheme(uri, value);
        };
    }

    /** Where Paheko itself is: what comes behind it is added. Comes out without a slash at its end. */
    static Kind baseUrl() {
        return value -> {
            String example = "https://paheko.example/";
            URI uri = url(value, example, "http", "https");
            if (uri.getUserInfo() != null) {
                throw new IllegalArgumentException("a user or password in the URL would be shown in logs; they go into PAHEKO_API_USER and"
                                                   + " PAHEKO_API_PASSWORD; allowed: a URL such as " + example);
            }
            if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getPath().matches(".*/(api|admin|p)(/.*)?")) {
                throw new IllegalArgumentException("this is a page of Paheko, not where Paheko begins; allowed: a URL such as " + example
                                                   + ", to which Passerelle adds /api/accounting/transaction");
            }
            return withLowerCaseScheme(uri, value).replaceFirst("/+$", "");
        };
    }

    /** A name in HTTP Basic authentication ends with the first colon. */
    static Kind userName() {
        return value -> {
            if (!value.matches("[!-9;-~]+")) {
                throw wrong(value, "letters without accents, digits and signs of the ASCII table, without blanks and colons");
            }
            return value;
        };
    }

    static Kind redisUrl() {
        return value -> {
            URI uri = url(value, "redis://user:password@localhost:6379/0", "redis", "rediss");
            String userInfo = uri.getUserInfo() == null ? "" : uri.getUserInfo();
            if (userInfo.matches("(.*:)?#.*") || userInfo.contains("{{") || userInfo.contains("}}")) {
                throw new IllegalArgumentException("user or password begins with #, or contains {{ or }}, by which Camel marks references;"
                                                   + " allowed: ones that do not");
            }
            String database = uri.getPath() == null ? "" : uri.getPath();
            if (!database.matches("/?|/[0-9]{1,4}") || uri.getQuery() != null) {
                throw new IllegalArgumentException(
                        "after host and port comes at most the number of a database; allowed: a URL such as redis://localhost:6379/0");
            }
            return withLowerCaseScheme(uri, value);
        };
    }

    /** Empty for none: this is asked of a name only. */
    static Kind pemFile() {
        return value -> {
            try {
                Path file = Path.of(value);
                if (Files.isRegularFile(file) && Files.isReadable(file)) {
                    return value;
                }
            } catch (InvalidPathException e) {
                // told below
            }
            throw new IllegalArgumentException("the file '" + value + "' cannot be read; allowed: a file of certificates in PEM form");
        };
    }

    private static URI url(String value, String example, String... schemes) {
        String allowed = "; allowed: a URL such as " + example;
        URI uri;
        try {
            uri = new URI(value);
        } catch (URISyntaxException e) {
            // the value may hold a password, and the exception repeats it
            throw new IllegalArgumentException("this is no URL (at character " + (e.getIndex() + 1) + ")" + allowed, null);
        }
        if (uri.getScheme() == null || !Arrays.asList(schemes).contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the URL does not begin with " + String.join(":// or ", schemes) + "://" + allowed);
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("the URL names no host" + allowed);
        }
        return uri;
    }

    /** Camel and Redisson know schemes in lower case only. */
    private static String withLowerCaseScheme(URI uri, String value) {
        return uri.getScheme().toLowerCase(Locale.ROOT) + value.substring(uri.getScheme().length());
    }

    private static BigDecimal number(String value, String min, String max, String allowed) {
        try {
            BigDecimal number = new BigDecimal(value);
            if (number.compareTo(new BigDecimal(min)) >= 0 && number.compareTo(new BigDecimal(max)) <= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw wrong(value, allowed);
    }

    private static IllegalArgumentException wrong(String value, String allowed) {
        return new IllegalArgumentException("'" + value + "' does not do; allowed: " + allowed);
    }
}
