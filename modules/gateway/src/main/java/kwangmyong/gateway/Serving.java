package kwangmyong.gateway;

import io.netty.buffer.Unpooled;
import kwangmyong.gateway.cache.ResponseCache;
import kwangmyong.gateway.cache.ResponseCache.Hit;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.Framing;
import org.jspecify.annotations.Nullable;

/** An answer from the cache on its way to a client, read piece by piece as the client takes it. One event loop. */
final class Serving {
    /** Octets in memory for a client, however slow it is. */
    private static final int PIECE = 64 * 1024;

    private final Turn client;
    private final ResponseCache cache;
    private final Hit hit;
    private final Runnable onGone;
    private int sent;
    private boolean begun;
    private boolean reading;
    private boolean over;

    /**
     * An answer not yet begun.
     *
     * @param onGone called when there is nothing to be read, and nothing has been said to the client
     */
    Serving(Turn client, ResponseCache cache, Hit hit, Runnable onGone) {
        this.client = client;
        this.cache = cache;
        this.hit = hit;
        this.onGone = onGone;
    }

    /** Whether the client has been told anything. */
    boolean hasBegun() {
        return begun;
    }

    /** Goes on where the client has room. */
    void advance() {
        if (over || reading || (begun && !client.out().hasRoom())) {
            return;
        }
        int count = Math.min(PIECE, hit.octets() - sent);
        if (count == 0) {
            give(null);
            return;
        }
        reading = true;
        cache.read(hit, sent, count, piece -> client.channel().eventLoop().execute(() -> came(piece)));
    }

    private void came(byte @Nullable [] piece) {
        reading = false;
        if (over) {
            return;
        }
        if (piece != null) {
            give(piece);
            return;
        }
        over = true;
        if (begun) {
            client.abandon();
        } else {
            onGone.run();
        }
    }

    private void give(byte @Nullable [] piece) {
        if (!begun) {
            begun = true;
            if (client.client().isLast()) {
                client.out().makeLast();
            }
            client.out().head(hit.head(), hit.measured() ? new Framing.Length(hit.octets()) : Framing.NONE);
        }
        if (piece != null) {
            sent += piece.length;
            client.passed(piece.length);
            client.out().part(Unpooled.wrappedBuffer(piece));
        }
        if (sent == hit.octets()) {
            over = true;
            client.out().end(Fields.none());
            client.exchangeEnded();
        } else {
            client.progressed();
            advance();
        }
    }

    /** Nothing more is for the client. */
    void stop() {
        over = true;
    }
}
