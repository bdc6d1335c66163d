package kwangmyong.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import kwangmyong.gateway.content.ContentWatch;
import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.gateway.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** What an answer passes on its way to the client: the content rules, the throttle that they ask for, the cache that may keep it. One event loop. */
final class Passage {
    private final @Nullable ContentWatch watch;
    private final @Nullable Shelf shelf;
    private @Nullable Throttle throttle;

    /**
     * A passage.
     *
     * @param watch the content rules that speak of it; null without any
     * @param shelf its place in the cache; null where nothing is kept
     */
    Passage(@Nullable ContentWatch watch, @Nullable Shelf shelf) {
        this.watch = watch;
        this.shelf = shelf;
    }

    /** Whether answers must come whole. */
    boolean wantsTheWhole() {
        return watch != null && watch.wantsTheWhole();
    }

    /** Whether bodies are read, so that they must come plain. */
    boolean reads() {
        return watch != null && watch.reads();
    }

    /** The request's head; why to stop, or null. */
    ContentWatch.@Nullable Finding request(RequestHead request) {
        return watch == null
                ? null
                : watch.ofRequest(
                        request.fields().all("content-type"), request.fields().all("content-encoding"));
    }

    /** A part of the request's body; why to stop, or null. */
    ContentWatch.@Nullable Finding request(ByteBuf part) {
        return watch == null ? null : watch.ofRequest(part);
    }

    /** The answer's head, from that lab address; why to stop, or null. */
    ContentWatch.@Nullable Finding head(ResponseHead response, Framing from, InetAddress host) {
        if (watch != null) {
            ContentWatch.Finding finding = ofHead(watch, response, from);
            if (finding != null) {
                return finding;
            }
            throttle = watch.rate() > 0 ? new Throttle(watch.rate()) : null;
        }
        if (shelf != null) {
            shelf.head(response, from, host);
        }
        return null;
    }

    private static ContentWatch.@Nullable Finding ofHead(ContentWatch watch, ResponseHead response, Framing from) {
        long length = from instanceof Framing.Length measured ? measured.octets() : -1;
        return watch.ofAnswer(
                response.fields().first(FieldName.CONTENT_TYPE),
                length,
                response.fields().all("content-encoding"));
    }

    /** A part of the answer's body; why to stop, or null. */
    ContentWatch.@Nullable Finding part(ByteBuf part) {
        ContentWatch.Finding finding = watch == null ? null : watch.ofAnswer(part);
        if (finding != null) {
            return finding;
        }
        if (throttle != null) {
            throttle.sent(part.readableBytes());
        }
        if (shelf != null) {
            shelf.part(part);
        }
        return null;
    }

    /** All of the answer has passed. */
    void end() {
        if (watch != null) {
            watch.close();
        }
        if (shelf != null) {
            shelf.end();
        }
    }

    /** The rest of the answer will not come. */
    void leave() {
        if (watch != null) {
            watch.close();
        }
        if (shelf != null) {
            shelf.leave();
        }
    }

    /**
     * Whether more may pass now.
     *
     * @param onRoom called on the loop once more may pass, where it may not
     */
    boolean hasRoom(EventLoop loop, Runnable onRoom) {
        return throttle == null || throttle.hasRoom(loop, onRoom);
    }
}
