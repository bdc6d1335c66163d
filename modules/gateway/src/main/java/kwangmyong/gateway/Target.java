package kwangmyong.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.Fields;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Resource;

/** What a request asks for (RFC 9112 §3.2). */
sealed interface Target {
    String HTTP = "http";
    String HTTPS = "https";
    int HTTP_PORT = 80;
    int HTTPS_PORT = 443;
    int MAX_PORT = 65_535;
    String USUAL_START = "http://";

    /** Something at another host. */
    sealed interface Remote extends Target {
        String host();

        int port();

        Action action();

        Resource resource();
    }

    /**
     * Absolute-form.
     *
     * @param scheme http, or https within TLS that the gateway has opened
     * @param path with query, as it is sent on: percent-encoded where the client was careless; {@code *} for OPTIONS of a whole server
     */
    record Page(String method, String scheme, String host, int port, String path) implements Remote {
        @Override
        public Action action() {
            return Action.FETCH;
        }

        @Override
        public Resource resource() {
            return new Resource.Page(method, scheme, host, port, path.equals("*") ? "/" : path);
        }

        /** Whether the host is spoken to over TLS. */
        boolean isSecure() {
            return scheme.equals(HTTPS);
        }

        /** The Host field's value. */
        String authority() {
            String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
            return port == defaultPort(scheme) ? bracketed : bracketed + ":" + port;
        }
    }

    /** Authority-form: CONNECT. */
    record Tunnel(String host, int port) implements Remote {
        @Override
        public Action action() {
            return Action.TUNNEL;
        }

        @Override
        public Resource resource() {
            return new Resource.Endpoint(host, port);
        }
    }

    /** Origin-form or asterisk-form: the gateway itself is meant. */
    record Self(String path) implements Target {}

    /**
     * Reads the target and checks the Host field beside it. Where the two disagree the target counts (RFC 9112 §3.2.2).
     *
     * @throws BadMessage 400; 501 for schemes other than http
     */
    static Target of(RequestHead head) throws BadMessage {
        String text = head.target();
        if (!saysAuthority(head)) {
            checkHost(head);
        }
        if (head.method().equals("CONNECT")) {
            return tunnel(text);
        }
        if (text.startsWith("/") || text.equals("*")) {
            return new Self(text);
        }
        return absolute(head.method(), HTTP, text);
    }

    /**
     * As {@link #of}, of a request within TLS that the gateway has opened: there the client speaks to a host, of https alone.
     *
     * @throws BadMessage 400 also for a tunnel within the tunnel; 501 for schemes other than https
     */
    static Remote within(RequestHead head) throws BadMessage {
        checkHost(head);
        if (head.method().equals("CONNECT")) {
            throw new BadMessage(400, "CONNECT is for proxies, and the client speaks to a host");
        }
        return absolute(head.method(), HTTPS, head.target());
    }

    /** Of a scheme that is one of the two. */
    static int defaultPort(String scheme) {
        return scheme.equals(HTTPS) ? HTTPS_PORT : HTTP_PORT;
    }

    private static Page absolute(String method, String expected, String text) throws BadMessage {
        int colon = text.indexOf("://");
        if (colon <= 0) {
            throw new BadMessage(400, "the request target is neither a URL nor a path");
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals(expected)) {
            throw new BadMessage(
                    501,
                    scheme.equals(HTTPS)
                            ? "https is reached with CONNECT, not by URL"
                            : "only " + expected + " URLs are fetched here");
        }
        int start = colon + 3;
        int end = authorityEnd(text, start);
        if (text.indexOf('#', end) >= 0) {
            throw new BadMessage(400, "the request target has a fragment");
        }
        String authority = text.substring(start, end);
        int portColon = portColon(authority);
        String host = HostName.parse(portColon < 0 ? authority : authority.substring(0, portColon));
        boolean portless = portColon < 0 || portColon == authority.length() - 1;
        int port = portless ? defaultPort(scheme) : port(authority.substring(portColon + 1));
        return new Page(method, scheme, host, port, path(method, text.substring(end)));
    }

    private static String path(String method, String rest) {
        if (rest.isEmpty()) {
            return method.equals("OPTIONS") ? "*" : "/"; // RFC 9112 §3.2.4
        }
        return encoded(rest.charAt(0) == '?' ? "/" + rest : rest);
    }

    private static Tunnel tunnel(String text) throws BadMessage {
        int colon = portColon(text);
        if (colon < 0) {
            throw new BadMessage(400, "CONNECT needs a host and a port");
        }
        return new Tunnel(HostName.parse(text.substring(0, colon)), port(text.substring(colon + 1)));
    }

    /** Where the port's colon is; -1 without one. */
    private static int portColon(String authority) throws BadMessage {
        if (authority.indexOf('@') >= 0) {
            throw new BadMessage(400, "the request target holds a user's name or password");
        }
        int bracket = authority.lastIndexOf(']');
        int colon = authority.indexOf(':', Math.max(bracket, 0));
        if (bracket >= 0 && bracket != authority.length() - 1 && colon != bracket + 1) {
            throw new BadMessage(400, "the host is not an address");
        }
        return colon;
    }

    private static int port(String text) throws BadMessage {
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9' || i >= 5) {
                throw new BadMessage(400, "the port is not a number");
            }
            port = port * 10 + digit - '0';
        }
        if (port < 1 || port > MAX_PORT) {
            throw new BadMessage(400, "the port is not between 1 and " + MAX_PORT);
        }
        return port;
    }

    /** Whether the one Host is the target's authority, octet for octet, and so as well-formed as that will be found to be. */
    private static boolean saysAuthority(RequestHead head) {
        Fields fields = head.fields();
        String text = head.target();
        boolean url = text.startsWith(USUAL_START);
        if (fields.count(FieldName.HOST) != 1 || !(url || head.method().equals("CONNECT"))) {
            return false;
        }
        int start = url ? USUAL_START.length() : 0;
        int end = url ? authorityEnd(text, start) : text.length();
        return start < end && fields.is(fields.indexOf(FieldName.HOST), text, start, end);
    }

    private static int authorityEnd(String text, int start) {
        int end = start;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** RFC 9112 §3.2: exactly one well-formed Host in HTTP/1.1; none is needed in HTTP/1.0. */
    private static void checkHost(RequestHead head) throws BadMessage {
        Fields fields = head.fields();
        int hosts = fields.count(FieldName.HOST);
        if (hosts > 1 || (hosts == 0 && head.minor() == 1)) {
            throw new BadMessage(400, hosts == 0 ? "there is no Host" : "there is more than one Host");
        }
        String value = fields.first(FieldName.HOST);
        if (value != null && !value.isEmpty()) {
            int colon = portColon(value);
            HostName.parse(colon < 0 ? value : value.substring(0, colon));
            if (colon >= 0 && colon < value.length() - 1) {
                port(value.substring(colon + 1));
            }
        }
    }

    /** Percent-encodes octets past ASCII, which may not stand in a request target (RFC 3986 §2.1) but which people type. */
    private static String encoded(String octets) {
        int i = 0;
        while (i < octets.length() && octets.charAt(i) < 128) {
            i++;
        }
        if (i == octets.length()) {
            return octets;
        }
        var text = new StringBuilder(octets.length() * 2);
        for (byte octet : octets.getBytes(StandardCharsets.ISO_8859_1)) {
            if (octet >= 0) {
                text.append((char) octet);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", octet & 0xff));
            }
        }
        return text.toString();
    }
}
