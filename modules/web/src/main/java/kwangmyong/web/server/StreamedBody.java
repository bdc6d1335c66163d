package kwangmyong.web.server;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import kwangmyong.web.http.Reply;

/**
 * Sends a body as fast as the client takes it, and no faster: a few chunks are on their way, and the next is made when one of them is with the system.
 * (A full write queue is noticed too late under TLS, which takes all that there is at once.) Touched by the connection's event loop only.
 */
final class StreamedBody {
    private static final int CHUNK = 64 * 1024;
    private static final int MOST_ON_THEIR_WAY = 4;

    private final Reply.Stream stream;
    private final HttpServerResponse response;
    private final Context context;
    private final Promise<Void> sent = Promise.promise();
    private long left;
    private int onTheirWay;

    StreamedBody(Reply.Stream stream, HttpServerResponse response, Context context) {
        this.stream = stream;
        this.response = response;
        this.context = context;
        this.left = stream.length();
    }

    /** Done when all of it is with the system, or the client is gone. */
    Future<Void> send() {
        response.closeHandler(gone -> sent.tryComplete());
        more();
        return sent.future();
    }

    private void more() {
        while (left > 0 && onTheirWay < MOST_ON_THEIR_WAY && !response.closed()) {
            byte[] octets = stream.octets().apply((int) Math.min(CHUNK, left));
            left -= octets.length;
            onTheirWay++;
            response.write(Buffer.buffer(octets)).onComplete(written -> context.runOnContext(next -> taken(written)));
        }
        if (left == 0 && !response.ended() && !response.closed()) {
            response.end().onComplete(ended -> sent.tryComplete());
        }
    }

    /** Comes in a turn of its own: many chunks are taken at once, and other connections are waiting. */
    private void taken(AsyncResult<Void> written) {
        onTheirWay--;
        if (written.succeeded()) {
            more();
        } else {
            sent.tryComplete();
        }
    }
}
