package kwangmyong.web.server;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kwangmyong.web.page.ErrorPage;
import kwangmyong.web.page.Language;
import org.jspecify.annotations.Nullable;

/** The connections of one door: how many, and how long each may take over its requests. */
final class Conversations {
    private final WebRuntime runtime;
    private final Door door;
    private final Map<HttpConnection, Conversation> open = new ConcurrentHashMap<>();

    /** One connection: for how long it is waited for, and what it is waiting for itself. */
    record Conversation(Patience patience, Owed owed) {}

    Conversations(WebRuntime runtime, Door door) {
        this.runtime = runtime;
        this.door = door;
    }

    void opened(HttpConnection connection) {
        if (runtime.connections().incrementAndGet() > runtime.limits().connections()) {
            connection.closeHandler(closed -> runtime.connections().decrementAndGet());
            connection.close();
            return;
        }
        Patience patience =
                new Patience(runtime.vertx(), connection, runtime.limits().requestWithin());
        open.put(connection, new Conversation(patience, Owed.to(connection)));
        connection.exceptionHandler(broken -> connection.close());
        connection.closeHandler(closed -> {
            runtime.connections().decrementAndGet();
            open.remove(connection);
            patience.rest();
        });
        patience.begin();
    }

    void asked(HttpServerRequest request) {
        Conversation conversation = open.get(request.connection());
        if (conversation == null) {
            request.connection().close(); // one too many, on its way out
            return;
        }
        new Exchange(runtime, door, conversation, request).begin();
    }

    /** What could not even be parsed: too long a line (414), too large a header (431), or no HTTP at all (400). */
    void malformed(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        Throwable cause =
                request.decoderResult() == null ? null : request.decoderResult().cause();
        int status = statusOf(cause);
        byte[] page = ErrorPage.of(status, "", Language.ENGLISH).body();
        Exchange.putSecurityFields(response);
        response.setStatusCode(status)
                .putHeader("Content-Type", "text/html;charset=utf-8")
                .putHeader("Connection", "close")
                .end(Buffer.buffer(page))
                .onComplete(sent -> request.connection().close());
    }

    private static int statusOf(@Nullable Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return 414;
        }
        return cause instanceof TooLongHttpHeaderException ? 431 : 400;
    }
}
