package kwangmyong.web.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One request, whole, with its body within the server's limit. Immutable. */
public final class Request {
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";

    private final String method;
    private final Target target;
    private final Headers headers;
    private final byte[] body;
    private final InetSocketAddress peer;
    private final InetSocketAddress local;
    private final Parameters query;
    private final String path;

    /**
     * @param peer the socket that asks
     * @param local the socket that was reached, as a socket of this machine
     * @throws Refusal 400 when the path or the query is badly encoded
     */
    public Request(
            String method,
            Target target,
            Headers headers,
            byte[] body,
            InetSocketAddress peer,
            InetSocketAddress local) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body.clone();
        this.peer = peer;
        this.local = local;
        this.path = PercentCoding.decode(target.path(), false);
        this.query = Parameters.parse(target.query());
        if (path.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new Refusal(400, "The path has a control character in it.");
        }
    }

    /**
     * What was asked for, encoded as it came.
     *
     * @param scheme {@code http} or {@code https}
     * @param host lower case; empty when an HTTP/1.0 client named none
     * @param port -1 when the client named none
     * @param path begins with a slash
     * @param query without its question mark; empty without one
     */
    public record Target(String scheme, String host, int port, String path, String query) {
        /** Scheme and authority, as a browser's Origin field has them (RFC 6454 §6.2). */
        public String origin() {
            String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
            boolean usual = port < 0 || port == (scheme.equals("https") ? 443 : 80);
            return scheme + "://" + name + (usual ? "" : ":" + port);
        }

        public String pathAndQuery() {
            return query.isEmpty() ? path : path + "?" + query;
        }
    }

    public String method() {
        return method;
    }

    /** Whether this only reads: GET or HEAD. */
    public boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    public Target target() {
        return target;
    }

    public String host() {
        return target.host();
    }

    /** The decoded path. */
    public String path() {
        return path;
    }

    public Parameters query() {
        return query;
    }

    public Headers headers() {
        return headers;
    }

    public @Nullable String header(String name) {
        return headers.first(name);
    }

    public InetAddress peer() {
        return peer.getAddress();
    }

    /** The socket that asks, as a socket of this machine's network. */
    public InetSocketAddress peerSocket() {
        return peer;
    }

    public InetSocketAddress local() {
        return local;
    }

    public byte[] body() {
        return body.clone();
    }

    /**
     * The body as a form.
     *
     * @throws Refusal 415 when it is something else, multipart included; 400 when it is malformed
     */
    public Parameters form() {
        String type = header("Content-Type");
        String essence = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!essence.equals(FORM_TYPE)) {
            throw new Refusal(415, "Forms are read as " + FORM_TYPE + " only.");
        }
        return Parameters.parse(new String(body, StandardCharsets.UTF_8));
    }

    /** A cookie's value (RFC 6265 §4.2.1), or null without one. */
    public @Nullable String cookie(String name) {
        for (String field : headers.all("Cookie")) {
            for (String pair : field.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    return pair.substring(equals + 1).strip();
                }
            }
        }
        return null;
    }
}
