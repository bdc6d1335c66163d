package kwangmyong.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The head and trailers of an HTTP/2 stream in the form of HTTP/1.1 (RFC 9113 §8). What passes here is written as an HTTP/1.1 head and read
 * again by {@link HeadReader}, so that nothing reaches a host that the strict reader would have refused from an HTTP/1.1 client.
 */
public final class StreamHead {
    /** Fields of a connection, which HTTP/2 has no place for (RFC 9113 §8.2.2). */
    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings");

    private final HttpLimits limits;
    private final Map<String, String> pseudo = new HashMap<>();
    private final StringBuilder fields = new StringBuilder();
    private final StringBuilder cookies = new StringBuilder();
    private @Nullable String host;
    private int octets;

    private StreamHead(HttpLimits limits) {
        this.limits = limits;
    }

    /**
     * A request's head.
     *
     * @param headers in their order, pseudo-header fields first, one character an octet
     * @throws BadMessage 400, 414, 431 or 501 for what is malformed, or would not be one request in HTTP/1.1
     */
    public static RequestHead request(Iterable<Map.Entry<CharSequence, CharSequence>> headers, HttpLimits limits)
            throws BadMessage {
        StreamHead head = new StreamHead(limits);
        for (Map.Entry<CharSequence, CharSequence> each : headers) {
            head.add(each.getKey().toString(), each.getValue().toString(), true);
        }
        ByteBuf written = Unpooled.copiedBuffer(head.written(), StandardCharsets.ISO_8859_1);
        RequestHead read = new HeadReader(limits).request(written);
        if (read == null || written.isReadable()) {
            throw new BadMessage(400, "the stream's head is not one head");
        }
        return new RequestHead(read.method(), read.target(), 2, 1, read.fields());
    }

    /**
     * A trailer section.
     *
     * @throws BadMessage 400 for pseudo-header fields, and for whatever may not stand in trailers
     */
    public static Fields trailers(Iterable<Map.Entry<CharSequence, CharSequence>> headers, HttpLimits limits)
            throws BadMessage {
        StreamHead section = new StreamHead(limits);
        for (Map.Entry<CharSequence, CharSequence> each : headers) {
            section.add(each.getKey().toString(), each.getValue().toString(), false);
        }
        ByteBuf written = Unpooled.copiedBuffer(section.fields + "\r\n", StandardCharsets.ISO_8859_1);
        Fields read = new HeadReader(limits).trailers(written);
        if (read == null || written.isReadable()) {
            throw new BadMessage(400, "the stream's trailers are not one section");
        }
        return read;
    }

    private void add(String name, String value, boolean mayBePseudo) throws BadMessage {
        octets += name.length() + value.length();
        if (octets > limits.head()) {
            throw new BadMessage(431, "the header section is longer than " + limits.head() + " octets");
        }
        checkValue(value);
        if (name.startsWith(":")) {
            pseudo(name, value, mayBePseudo);
            return;
        }
        checkName(name, value);
        if (name.equals("cookie")) { // RFC 9113 §8.2.3: crumbs become one field again
            cookies.append(cookies.isEmpty() ? "" : "; ").append(value);
        } else if (name.equals("host")) {
            if (host != null) {
                throw new BadMessage(400, "there is more than one Host");
            }
            host = value;
        } else {
            fields.append(name).append(": ").append(value).append("\r\n");
        }
    }

    private void pseudo(String name, String value, boolean mayBe) throws BadMessage {
        boolean known =
                name.equals(":method") || name.equals(":scheme") || name.equals(":authority") || name.equals(":path");
        if (!mayBe || !known || !fields.isEmpty() || !cookies.isEmpty() || host != null) {
            throw new BadMessage(400, "a pseudo-header field stands where none may");
        }
        if (pseudo.putIfAbsent(name, value) != null) {
            throw new BadMessage(400, "a pseudo-header field stands twice");
        }
    }

    private static void checkName(String name, String value) throws BadMessage {
        if (name.isEmpty()) {
            throw new BadMessage(400, "a field has no name");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 127 || !Octets.isToken((byte) c) || (c >= 'A' && c <= 'Z')) {
                throw new BadMessage(400, "a field's name is not one in lower case");
            }
        }
        if (OF_CONNECTIONS.contains(name) || (name.equals("te") && !value.equalsIgnoreCase("trailers"))) {
            throw new BadMessage(400, "a stream has no " + name);
        }
    }

    private static void checkValue(String value) throws BadMessage {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 255 || !Octets.isValue((byte) value.charAt(i))) {
                throw new BadMessage(400, "a field value holds a control character");
            }
        }
        if (!value.isEmpty()
                && (Octets.isBlank((byte) value.charAt(0))
                        || Octets.isBlank((byte) value.charAt(value.length() - 1)))) {
            throw new BadMessage(400, "a field value begins or ends with a blank");
        }
    }

    private String written() throws BadMessage {
        String method = pseudo.getOrDefault(":method", "");
        String authority = authority();
        String target = method.equals("CONNECT") ? tunnel(authority) : target(method, authority);
        StringBuilder head = new StringBuilder(fields.length() + target.length() + 64)
                .append(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(authority)
                .append("\r\n")
                .append(fields);
        if (!cookies.isEmpty()) {
            head.append("Cookie: ").append(cookies).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** RFC 9113 §8.3.1: {@code :authority}, or Host in its place; where both stand they say the same. */
    private String authority() throws BadMessage {
        String said = pseudo.get(":authority");
        if (said == null || said.isEmpty()) {
            said = host;
        } else if (host != null && !host.equalsIgnoreCase(said)) {
            throw new BadMessage(400, "Host and :authority disagree");
        }
        if (said == null || said.isEmpty()) {
            throw new BadMessage(400, "there is no authority");
        }
        for (int i = 0; i < said.length(); i++) {
            if ("/?# \t,\\".indexOf(said.charAt(i)) >= 0) {
                throw new BadMessage(400, "the authority is none");
            }
        }
        return said;
    }

    private String tunnel(String authority) throws BadMessage {
        if (pseudo.containsKey(":scheme") || pseudo.containsKey(":path")) {
            throw new BadMessage(400, "CONNECT has neither scheme nor path");
        }
        return authority;
    }

    private String target(String method, String authority) throws BadMessage {
        String scheme = pseudo.getOrDefault(":scheme", "").toLowerCase(Locale.ROOT);
        String path = pseudo.getOrDefault(":path", "");
        if (!scheme.matches("[a-z][a-z0-9+.-]*")) {
            throw new BadMessage(400, "there is no scheme");
        }
        boolean whole = path.equals("*") && method.equals("OPTIONS");
        if (!whole && !path.startsWith("/")) {
            throw new BadMessage(400, "the path does not begin with a slash");
        }
        return scheme + "://" + authority + (whole ? "" : path);
    }
}
