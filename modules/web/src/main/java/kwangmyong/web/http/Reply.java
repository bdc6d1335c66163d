package kwangmyong.web.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What goes back: status, header fields and a body, whole or made on the way; or nothing at all. Immutable. The server adds Date, Content-Length and the
 * security fields that every reply has.
 */
public final class Reply {
    /** How a reply leaves. */
    public enum Manner {
        AS_WRITTEN,
        /** The connection is reset instead (TCP RST where the system allows). */
        RESET,
        /** Nothing comes, until the client gives up or the idle time-out ends it. */
        HANG
    }

    private static final byte[] NOTHING = {};

    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final Manner manner;
    private final @Nullable Stream stream;
    private final @Nullable Feed feed;

    /**
     * A body that is made while it is sent.
     *
     * @param length in octets, all of which are sent
     * @param octets gives the next ones; asked on the connection's event loop, for at most what is left, and never again for what it gave
     */
    public record Stream(long length, IntFunction<byte[]> octets) {}

    private Reply(int status, Headers headers, byte[] body, Manner manner) {
        this(status, headers, body, manner, null, null);
    }

    private Reply(
            int status, Headers headers, byte[] body, Manner manner, @Nullable Stream stream, @Nullable Feed feed) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200-599)");
        }
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.manner = manner;
        this.stream = stream;
        this.feed = feed;
    }

    /** A body of any type; the array is taken over, not copied. */
    public static Reply bytes(int status, String contentType, byte[] body) {
        return new Reply(status, Headers.NONE.with("Content-Type", contentType), body, Manner.AS_WRITTEN);
    }

    /** A large body, of which only what is on its way is held. Such a reply is sent once. */
    public static Reply streamed(String contentType, Stream stream) {
        return new Reply(200, Headers.NONE.with("Content-Type", contentType), NOTHING, Manner.AS_WRITTEN, stream, null);
    }

    /** A body without a length of its own. */
    public static Reply fed(String contentType, Feed feed) {
        return new Reply(200, Headers.NONE.with("Content-Type", contentType), NOTHING, Manner.AS_WRITTEN, null, feed);
    }

    public static Reply text(int status, String contentType, String body) {
        return bytes(status, contentType + ";charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply plain(String body) {
        return text(200, "text/plain", body);
    }

    public static Reply html(String body) {
        return text(200, "text/html", body);
    }

    /** No body: 204, 304 and the like. */
    public static Reply empty(int status) {
        return new Reply(status, Headers.NONE, NOTHING, Manner.AS_WRITTEN);
    }

    /**
     * A redirection with a short body for whoever does not follow it.
     *
     * @param status 301, 302, 303, 307 or 308
     * @param location an absolute URL or a path, already encoded
     */
    public static Reply redirect(int status, String location) {
        return text(status, "text/plain", location + "\n").with("Location", location);
    }

    /** The connection is reset without a reply. */
    public static Reply reset() {
        return new Reply(500, Headers.NONE, NOTHING, Manner.RESET);
    }

    /** No reply comes. */
    public static Reply hang() {
        return new Reply(500, Headers.NONE, NOTHING, Manner.HANG);
    }

    public Reply withStatus(int other) {
        return new Reply(other, headers, body, manner, stream, feed);
    }

    /**
     * With a header field instead of whatever it had.
     *
     * @throws IllegalArgumentException when the value holds a control or non-ASCII character
     */
    public Reply with(String name, String value) {
        return new Reply(status, headers.with(name, value), body, manner, stream, feed);
    }

    /** One more value of a field, as Set-Cookie needs. */
    public Reply plus(String name, String value) {
        return new Reply(status, headers.plus(name, value), body, manner, stream, feed);
    }

    public Reply withAll(Headers others) {
        return new Reply(status, headers.withAll(others), body, manner, stream, feed);
    }

    /** Personal or fleeting: no cache keeps it (RFC 9111 §5.2.2.5). */
    public Reply uncached() {
        return with("Cache-Control", "no-store");
    }

    public CompletionStage<Reply> now() {
        return CompletableFuture.completedFuture(this);
    }

    public int status() {
        return status;
    }

    public Headers headers() {
        return headers;
    }

    public Manner manner() {
        return manner;
    }

    /** The body where it is made while it is sent; null where {@link #body} is all of it. */
    public @Nullable Stream stream() {
        return stream;
    }

    /** The body where it is made as things happen; null where it is not. */
    public @Nullable Feed feed() {
        return feed;
    }

    /** The body; callers do not write to it. */
    public byte[] body() {
        return body;
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
