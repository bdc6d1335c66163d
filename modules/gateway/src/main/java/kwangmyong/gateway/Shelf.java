package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.Set;
import java.util.function.BiConsumer;
import kwangmyong.gateway.cache.ResponseCache;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;

/** What one permitted exchange has to do with the cache: perhaps it is answered from there, perhaps its answer is kept. One event loop. */
final class Shelf {
    /** RFC 9110 §9.2.1: those that change nothing. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final int FIRST_ERROR = 400;

    private final Gateway gateway;
    private final ResponseCache cache;
    private final ResponseCache.Key key;
    private final RequestHead request;
    private final String asker;
    private final boolean concerned;
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
        this.key = new ResponseCache.Key(page.host(), page.port(), page.path());
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
     * Looks for an answer.
     *
     * @param loop where one of the two is called
     * @param found takes over the body
     */
    void find(EventLoop loop, BiConsumer<ResponseHead, ByteBuf> found, Runnable notFound) {
        ResponseCache.Hit hit =
                concerned ? cache.find(key, request, asker, gateway.clock().now()) : null;
        if (hit == null) {
            notFound.run();
            return;
        }
        cache.read(
                hit,
                body -> loop.execute(() -> {
                    if (body == null) {
                        notFound.run();
                    } else {
                        found.accept(hit.head(), Unpooled.wrappedBuffer(body));
                    }
                }));
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
}
