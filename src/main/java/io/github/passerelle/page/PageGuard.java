package io.github.passerelle.page;

import java.util.Optional;
import java.util.Set;

import org.apache.camel.Exchange;

/**
 * Looks at each request for the page before it is answered. One that will not do is answered here, and its route ends.
 */
public class PageGuard {

    // a header of its own: a reverse proxy may have a login that needs Authorization, and a browser asks before it sends this one to another site
    private static final String TOKEN = "X-Admin-Token";
    private static final Set<String> FROM_THE_PAGE = Set.of("same-origin", "none");

    private AdminToken token;
    private String host = "127.0.0.1";
    private String allowedHosts = "";
    private AllowedHosts hosts = new AllowedHosts(host, allowedHosts);

    public void setToken(AdminToken token) {
        this.token = token;
    }

    /** The address that the page is served at. */
    public void setHost(String host) {
        this.host = host;
        hosts = new AllowedHosts(host, allowedHosts);
    }

    /** Further names under which it may be asked for, with commas between them. */
    public void setAllowedHosts(String allowedHosts) {
        this.allowedHosts = allowedHosts;
        hosts = new AllowedHosts(host, allowedHosts);
    }

    /** For the page itself and its files: a link on another site may lead here. */
    public void visit(Exchange exchange) {
        Request request = Request.of(exchange);
        boolean link = request.only("Sec-Fetch-Mode").filter("navigate"::equals).isPresent();
        refusal(request, link, "").ifPresent(answer -> end(answer, exchange));
    }

    /** For what the page asks for by itself. */
    public void read(Exchange exchange) {
        refusal(Request.of(exchange), false, "id").ifPresent(answer -> end(answer, exchange));
    }

    /** For what changes something. */
    public void change(Exchange exchange) {
        Request request = Request.of(exchange);
        exchange.getMessage().removeHeader(TOKEN);
        refusal(request, false, "").or(() -> isForeign(request) ? Optional.of(PageAnswer.error(403, "cross_site")) : Optional.empty())
                .or(() -> withoutToken(request)).ifPresent(answer -> end(answer, exchange));
    }

    /** @param parameter the only one that may stand in the query; none where it is empty */
    private Optional<PageAnswer> refusal(Request request, boolean link, String parameter) {
        if (request.host().filter(hosts::allows).isEmpty()) {
            return Optional.of(PageAnswer.text(403, "This name is not allowed here. The setting PASSERELLE_HTTP_ALLOWED_HOSTS allows names."));
        }
        if (request.has("Sec-Fetch-Site") && !link && request.only("Sec-Fetch-Site").filter(FROM_THE_PAGE::contains).isEmpty()) {
            return Optional.of(PageAnswer.error(403, "cross_site"));
        }
        if (!request.query().isEmpty() && request.parameter(parameter).isEmpty()) {
            return Optional.of(PageAnswer.error(400, "query"));
        }
        return Optional.empty();
    }

    private boolean isForeign(Request request) {
        return request.has("Origin") && request.only("Origin").filter(origin -> hosts.isOwn(origin, request.host().orElse(""))).isEmpty();
    }

    private Optional<PageAnswer> withoutToken(Request request) {
        return switch (token.check(request.only(TOKEN).orElse(null))) {
            case RIGHT -> Optional.empty();
            case WRONG -> Optional.of(PageAnswer.error(403, "token_wrong"));
            case MISSING -> Optional.of(PageAnswer.error(403, "token_missing"));
            case NOT_SET -> Optional.of(PageAnswer.error(403, "token_not_set"));
            case TOO_MANY -> Optional.of(PageAnswer.error(429, "token_too_many").with("Retry-After", Long.toString(token.secondsToWait())));
        };
    }

    private static void end(PageAnswer answer, Exchange exchange) {
        answer.send(exchange);
        exchange.setRouteStop(true);
    }
}
