package kwangmyong.api;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kwangmyong.access.api.Tokens.Bearer;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.web.http.Request;
import kwangmyong.web.page.Asker;
import kwangmyong.web.page.Askers;
import org.jspecify.annotations.Nullable;

/** Who may come in: from where the lab allows, over TLS, with a token that holds (RFC 6750). Each refusal is journaled. */
final class Gate {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final String CHALLENGE = "Bearer realm=\"kwangmyong\"";
    private static final String BOTH = CHALLENGE + ", Basic realm=\"kwangmyong\", charset=\"UTF-8\"";

    private final ApiConfig config;
    private final ApiPorts ports;
    private final Askers askers;
    private final Buckets buckets;

    Gate(ApiConfig config, ApiPorts ports) {
        this.config = config;
        this.ports = ports;
        this.askers = new Askers(ports.plan(), ports.seal(), ports.clock(), config.gateways());
        this.buckets = new Buckets(config.limits().burst(), config.limits().perSecond(), System::nanoTime);
    }

    /**
     * Lets a request in by the place that it comes from.
     *
     * @return that place, for the journal
     * @throws Problem when it may not
     */
    String place(Request request) {
        Asker asker = askers.of(request);
        InetAddress from = asker.terminal();
        boolean allowed = config.from().isEmpty()
                ? !asker.throughGateway()
                        && (isThisMachine(request) || !ports.isTerminal().test(from))
                : config.from().stream().anyMatch(range -> range.contains(from));
        String text = Addresses.text(from);
        if (!allowed) {
            refused(request, "it does not answer " + text);
            throw new Problem(Problem.Kind.NOT_FROM_HERE, "operators do not ask from " + text);
        }
        return text;
    }

    /** In loopback mode an operator sits at the machine itself, whatever attachment its own address falls into. */
    private boolean isThisMachine(Request request) {
        String peer = Addresses.text(request.peer());
        return config.plaintext() && (peer.equals("127.0.0.1") || peer.equals("::1"));
    }

    /**
     * Who asks.
     *
     * @param byPassword whether an operator's name and password do as well
     * @return fails with a problem when nobody does who may
     */
    CompletionStage<Bearer> bearer(Request request, String place, boolean byPassword) {
        String given = request.header("Authorization");
        if (request.headers().all("Authorization").size() > 1) {
            return CompletableFuture.failedFuture(
                    new Problem(Problem.Kind.MALFORMED, "Authorization is given more than once"));
        }
        if (given == null) {
            take(place);
            return failed(null, byPassword, "no token was sent");
        }
        if (!config.plaintext() && !request.target().scheme().equals("https")) {
            refused(request, "a token in the clear from " + place);
            return CompletableFuture.failedFuture(
                    new Problem(Problem.Kind.TLS_NEEDED, "the token went over the wire in the clear: end it"));
        }
        if (given.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            Optional<Bearer> bearer =
                    ports.tokens().bearer(given.substring(BEARER.length()).strip());
            if (bearer.isPresent()) {
                take(bearer.get().id());
                return CompletableFuture.completedFuture(bearer.get());
            }
            take(place);
            refused(request, "no token that holds, from " + place);
            return failed("invalid_token", byPassword, "the token holds no longer, or never did");
        }
        take(place);
        if (byPassword && given.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return password(request, given.substring(BASIC.length()).strip(), place);
        }
        return failed(null, byPassword, "Authorization is not of the scheme Bearer");
    }

    private CompletionStage<Bearer> password(Request request, String encoded, String place) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return failed(null, true, "the credentials are not in Base64");
        }
        int colon = pair.indexOf(':');
        if (colon < 1) {
            return failed(null, true, "the credentials are not NAME:PASSWORD");
        }
        String name = pair.substring(0, colon);
        return ports.operations()
                .checkOperator(name, pair.substring(colon + 1), place)
                .thenCompose(holds -> {
                    if (holds) {
                        return CompletableFuture.completedFuture(
                                new Bearer("password", name, ports.scopes().of(name)));
                    }
                    refused(request, "no such operator and password, from " + place);
                    return failed(null, true, "no such operator and password, or too many were tried");
                });
    }

    private void take(String client) {
        if (!buckets.take(client)) {
            throw new Problem(
                            Problem.Kind.TOO_MANY,
                            "more than " + config.limits().perSecond() + " requests a second")
                    .with("Retry-After", "1");
        }
    }

    private static CompletionStage<Bearer> failed(@Nullable String error, boolean byPassword, String detail) {
        String challenge = byPassword ? BOTH : CHALLENGE;
        return CompletableFuture.failedFuture(new Problem(Problem.Kind.NO_TOKEN, detail)
                .with("WWW-Authenticate", error == null ? challenge : CHALLENGE + ", error=\"" + error + "\""));
    }

    private void refused(Request request, String why) {
        ports.journal()
                .record(new Event(
                        ports.clock().now(),
                        Layer.CONSOLE,
                        null,
                        "api-refused",
                        request.method() + " " + request.target().path(),
                        null,
                        why,
                        0));
    }
}
