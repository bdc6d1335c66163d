package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import kwangmyong.gateway.cache.ResponseCache;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one permitted exchange has to do with the cache: perhaps it is answered from there, perhaps its answer is kept. One event loop. */
final class Shelf {
    private static final Logger log = LoggerFactory.getLogger(Shelf.class);

    /** RFC 9110 §9.2.1: those that change nothing. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final int FIRST_ERROR = 400;
    private static final int NOT_MODIFIED = 304;

    private final Gateway gateway;
    private final ResponseCache cache;
    private final ResponseCache.Key key;
    private final RequestHead request;
    private final String asker;
    private final boolean concerned;
    private ResponseCache.Known.@Nullable Stale stale;
    private @Nullable ResponseHead confirming;
    private @Nullable Serving serving;
    private ResponseCache.@Nullable Recording recording;

    private Shelf(
            Gateway gateway,
            ResponseCache cache,
            RequestHead request,
            Target.Page page,
            Framing framing,
            Identity who) {
        this.gateway = gateway;
        this.cache = cache;
        this.key = new ResponseCache.Key(page.scheme(), page.host(), page.port(), page.path());
        this.request = request;
        this.asker = who.subject() + " " + who.terminal().getHostAddress();
        this.concerned = cache.concerns(key, request, framing);
    }

    /** Null where this gateway keeps nothing. */
    static @Nullable Shelf of(
            Gateway gateway, RequestHead request, Target.Page page, Framing framing, Ruling.Reach permitted) {
        ResponseCache cache = gateway.cache();
        return cache == null
                ? null
                : new Shelf(
                        gateway,
                        cache,
                        request,
                        page,
                        framing,
                        permitted.access().who());
    }

    /**
     * Serves what is kept, or has the host asked.
     *
     * @param notFound where the host has to be asked, with what {@link #toBeSent} says
     */
    void find(Turn client, Runnable notFound) {
        ResponseCache.Known known =
                concerned ? cache.find(key, request, asker, gateway.clock().now()) : null;
        if (known instanceof ResponseCache.Known.Fresh fresh) {
            serve(client, fresh.hit(), notFound);
            return;
        }
        stale = known instanceof ResponseCache.Known.Stale asked ? asked : null;
        notFound.run();
    }

    private void serve(Turn client, ResponseCache.Hit kept, Runnable notFound) {
        Serving begun = new Serving(client, cache, kept, () -> {
            serving = null;
            notFound.run();
        });
        serving = begun;
        begun.advance();
    }

    /** What the host is asked: what the client asks, or whether what is kept still holds. */
    RequestHead toBeSent() {
        return stale == null ? request : stale.request();
    }

    /** Whether an answer says that what is kept still holds, so that nothing of it is for the client. */
    boolean isConfirmedBy(ResponseHead response) {
        confirming = stale != null && response.status() == NOT_MODIFIED ? response : null;
        return confirming != null;
    }

    boolean isConfirmed() {
        return confirming != null;
    }

    /** The host has confirmed it, and the client is given it. Should its body be gone, the host is asked as if nothing were kept. */
    void serveConfirmed(Turn client, Runnable notFound) {
        ResponseCache.Known.Stale asked = stale;
        ResponseHead confirmed = confirming;
        stale = null;
        confirming = null;
        if (asked != null && confirmed != null) {
            Instant now = gateway.clock().now();
            serve(client, cache.refresh(key, asked, request, confirmed, now), notFound);
        }
    }

    /** Whether the client has been told some of what is kept. */
    boolean isServing() {
        return serving != null && serving.hasBegun();
    }

    /** The client takes more again. */
    void advance() {
        if (serving != null) {
            serving.advance();
        }
    }

    /** The host answers. */
    void head(ResponseHead response, Framing framing, InetAddress host) {
        if (concerned) {
            boolean knows = gateway.sealedFor().test(host);
            recording = cache.record(
                    key,
                    request,
                    asker,
                    response,
                    framing,
                    knows,
                    gateway.clock().now());
        } else if (!SAFE.contains(request.method()) && response.status() < FIRST_ERROR) {
            cache.invalidate(key);
            invalidate(response.fields().all("location"));
            invalidate(response.fields().all("content-location"));
        }
    }

    /** RFC 9111 §4.4: what an unsafe request's answer names has changed too, where it is the same host's to say. */
    private void invalidate(String named) {
        try {
            URI uri = URI.create(key.scheme() + "://" + key.host() + ":" + key.port() + key.path())
                    .resolve(named);
            boolean same = key.host().equalsIgnoreCase(uri.getHost());
            int port = uri.getPort() < 0 && key.scheme().equals(uri.getScheme())
                    ? Target.defaultPort(key.scheme())
                    : uri.getPort();
            if (!named.isEmpty() && same && port == key.port() && uri.getRawPath() != null) {
                String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
                cache.invalidate(new ResponseCache.Key(key.scheme(), key.host(), key.port(), uri.getRawPath() + query));
            }
        } catch (IllegalArgumentException noUri) {
            log.debug("{} names what is no URI: {}", key.host(), named);
        }
    }

    void part(ByteBuf part) {
        if (recording != null) {
            recording.add(part);
        }
    }

    /** All of the answer has come. */
    void end() {
        if (recording != null) {
            recording.end();
        }
    }

    /** The rest of the answer will not come, or is not wanted. */
    void leave() {
        if (serving != null) {
            serving.stop();
        }
        if (recording != null) {
            recording.drop();
        }
    }
}
