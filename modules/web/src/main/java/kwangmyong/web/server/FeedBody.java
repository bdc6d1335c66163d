package kwangmyong.web.server;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import kwangmyong.web.http.Feed;

/** Carries what any thread writes to the connection's event loop, in order. */
final class FeedBody implements Feed.Sink {
    private final HttpServerResponse response;
    private final HttpConnection connection;
    private final Context context;
    private final Promise<Void> over = Promise.promise();

    FeedBody(HttpServerResponse response, HttpConnection connection, Context context) {
        this.response = response;
        this.connection = connection;
        this.context = context;
    }

    /** Done when the body has ended, or the client is gone. On the connection's event loop. */
    Future<Void> send(Feed feed) {
        response.setChunked(true);
        response.closeHandler(gone -> over.tryComplete());
        response.writeHead();
        feed.begin(this);
        return over.future();
    }

    @Override
    public CompletionStage<Void> write(byte[] octets) {
        var written = new CompletableFuture<Void>();
        boolean there = onLoop(() -> {
            if (response.ended() || response.closed()) {
                written.completeExceptionally(new IllegalStateException("nobody reads this any more"));
                return;
            }
            response.write(Buffer.buffer(octets)).onComplete(done -> {
                if (done.succeeded()) {
                    written.complete(null);
                } else {
                    written.completeExceptionally(done.cause());
                }
            });
        });
        if (!there) {
            written.completeExceptionally(new IllegalStateException("the server has stopped"));
        }
        return written;
    }

    @Override
    public void end() {
        onLoop(() -> {
            if (!response.ended() && !response.closed()) {
                response.end().onComplete(ended -> over.tryComplete());
            }
        });
    }

    @Override
    public void cut() {
        onLoop(connection::close);
    }

    /** False once the loop runs no more. */
    private boolean onLoop(Runnable work) {
        try {
            context.runOnContext(here -> work.run());
            return true;
        } catch (RejectedExecutionException stopped) {
            over.tryComplete();
            return false;
        }
    }

    @Override
    public CompletionStage<Void> closed() {
        return over.future().toCompletionStage();
    }
}
