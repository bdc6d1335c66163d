package kwangmyong.web.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;

/**
 * How long a connection waits for its next whole request: a client that sends a byte now and then is never idle, and is cut all the same.
 * Touched by the connection's event loop only.
 */
final class Patience {
    private static final long NONE = -1;

    private final Vertx vertx;
    private final HttpConnection connection;
    private final long millis;
    private long timer = NONE;

    Patience(Vertx vertx, HttpConnection connection, Duration requestWithin) {
        this.vertx = vertx;
        this.connection = connection;
        this.millis = requestWithin.toMillis();
    }

    /** Begins to wait for a request, unless it does already. */
    void begin() {
        if (timer == NONE) {
            timer = vertx.setTimer(millis, fired -> connection.close());
        }
    }

    /** The request is here; how long its answer takes is ours. */
    void rest() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }
}
