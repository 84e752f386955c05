package io.github.passerelle.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Under which names the page may be asked for. Without this, a foreign site could give its own name the address of this machine, and its scripts
 * would read the page as if it were theirs.
 */
final class AllowedHosts {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> own;
    private final Set<String> proxies;

    /**
     * @param bound   the address that the page is served at
     * @param proxies the names of reverse proxies, with commas between them
     */
    AllowedHosts(String bound, String proxies) {
        String address = bound.toLowerCase(Locale.ROOT);
        this.own = Stream.concat(LOOPBACK.stream(), Stream.of(address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address))
                .collect(Collectors.toUnmodifiableSet());
        this.proxies = Arrays.stream(proxies.split(",")).filter(name -> !name.isBlank()).collect(Collectors.toUnmodifiableSet());
    }

    /** @param host a header {@code Host}: a name, and perhaps a port */
    boolean allows(String host) {
        return name("http://" + host).filter(name -> own.contains(name) || proxies.contains(name)).isPresent();
    }

    /**
     * Whether a page of this origin is the page itself.
     *
     * @param origin a header {@code Origin}
     * @param host   the header {@code Host} beside it; a reverse proxy may have put its own in the place of the browser's
     */
    boolean isOwn(String origin, String host) {
        boolean same = origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
        return same || name(origin).filter(proxies::contains).isPresent();
    }

    private static Optional<String> name(String url) {
        try {
            URI uri = new URI(url);
            boolean plain = uri.getHost() != null && uri.getUserInfo() == null && (uri.getPath() == null || uri.getPath().isEmpty())
                    && uri.getQuery() == null && uri.getFragment() == null;
            return plain ? Optional.of(uri.getHost().toLowerCase(Locale.ROOT)) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
