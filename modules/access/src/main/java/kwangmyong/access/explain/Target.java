package kwangmyong.access.explain;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kwangmyong.access.api.OperationException;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.place.Addresses;

/** What somebody wants explained, as the questions that the layers would ask: a name, URL, address, {@code name:port} or mailbox. */
record Target(List<Question> questions) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int MAX_LENGTH = 2_048;
    private static final int MAX_PORT = 65_535;

    /** What one layer would ask. */
    record Question(Layer layer, Action action, Resource resource) {}

    /** @throws OperationException when it is none of these */
    static Target parse(String text) {
        String target = text.strip();
        if (target.isEmpty() || target.length() > MAX_LENGTH) {
            throw new OperationException("a target of " + target.length() + " characters (expected: 1-" + MAX_LENGTH
                    + ": a name, URL, address or mailbox)");
        } else if (target.contains("://")) {
            return url(target);
        } else if (target.contains("@")) {
            return mailbox(target);
        }
        return nameAndPort(target);
    }

    private static Target url(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String host = authorityHost(uri);
            if (host.isEmpty() || !scheme.matches("https?")) {
                throw new OperationException("'" + text + "' is not a URL of http or https");
            }
            int usual = scheme.equals("https") ? HTTPS : HTTP;
            int port = authorityPort(uri, usual);
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return web(scheme, aLabels(host), port, path + query, port == usual ? HTTPS : port);
        } catch (URISyntaxException malformed) {
            throw new OperationException("'" + text + "' is not a URL: " + malformed.getReason());
        }
    }

    /** Java's URI leaves the host null when it is written in Hangul. */
    private static String authorityHost(URI uri) {
        if (uri.getHost() != null) {
            return withoutBrackets(uri.getHost());
        }
        String authority = uri.getAuthority() == null ? "" : uri.getAuthority();
        String behindUser = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = behindUser.lastIndexOf(':');
        return withoutBrackets(colon < 0 ? behindUser : behindUser.substring(0, colon));
    }

    private static int authorityPort(URI uri, int usual) {
        if (uri.getHost() != null || uri.getAuthority() == null) {
            return uri.getPort() < 0 ? usual : checked(uri.getPort());
        }
        int colon = uri.getAuthority().lastIndexOf(':');
        return colon < 0 ? usual : port(uri.getAuthority().substring(colon + 1));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static Target mailbox(String text) {
        String local = text.substring(0, text.lastIndexOf('@'));
        String address = (local + "@" + aLabels(text.substring(text.lastIndexOf('@') + 1))).toLowerCase(Locale.ROOT);
        if (local.isEmpty()) {
            throw new OperationException("'" + text + "' is not a mailbox");
        }
        var mailbox = new Resource.Mailbox(address);
        return new Target(List.of(
                new Question(Layer.MAIL, Action.LOG_IN, new Resource.ServiceName(Layer.MAIL.word())),
                new Question(Layer.MAIL, Action.SEND, mailbox),
                new Question(Layer.MAIL, Action.READ, mailbox)));
    }

    private static Target nameAndPort(String text) {
        String protocol = text.substring(text.lastIndexOf('/') + 1);
        if (protocol.length() < text.length() && protocol.matches("tcp|udp|icmp")) {
            return flow(text.substring(0, text.length() - protocol.length() - 1), protocol);
        }
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean hasPort = bracketed ? text.contains("]:") : colon >= 0 && text.indexOf(':') == colon;
        String host = withoutBrackets(hasPort ? text.substring(0, colon) : text);
        int port = hasPort ? port(text.substring(colon + 1)) : HTTPS;
        return web("http", aLabels(host), HTTP, "/", port);
    }

    /** {@code 198.51.100.7:53/udp}, {@code 198.51.100.7/icmp}. */
    private static Target flow(String text, String protocol) {
        boolean hasPort = !protocol.equals("icmp");
        int colon = text.lastIndexOf(':');
        String host = withoutBrackets(hasPort && colon >= 0 ? text.substring(0, colon) : text);
        if (!Addresses.isNumeric(host)) {
            throw new OperationException("'" + host + "' is not an address, and flows have no names");
        }
        return new Target(List.of(flow(aLabels(host), hasPort ? port(text.substring(colon + 1)) : 0, protocol)));
    }

    private static Target web(String scheme, String host, int port, String path, int tunnelPort) {
        List<Question> questions = new ArrayList<>();
        if (!Addresses.isNumeric(host)) {
            questions.add(new Question(Layer.DNS, Action.RESOLVE, new Resource.Name(host, "A")));
        }
        questions.add(new Question(Layer.GATEWAY, Action.FETCH, new Resource.Page("GET", scheme, host, port, path)));
        questions.add(new Question(Layer.GATEWAY, Action.TUNNEL, new Resource.Endpoint(host, tunnelPort)));
        if (Addresses.isNumeric(host)) {
            questions.add(flow(host, tunnelPort, "tcp"));
        }
        return new Target(questions);
    }

    private static Question flow(String host, int port, String protocol) {
        return new Question(Layer.BORDER, Action.FLOW, new Resource.Flow(Addresses.parse(host), port, protocol));
    }

    private static int port(String text) {
        try {
            return checked(Integer.parseInt(text));
        } catch (NumberFormatException notANumber) {
            throw new OperationException("port: " + text + " (expected: 1-" + MAX_PORT + ")");
        }
    }

    private static int checked(int port) {
        if (port < 1 || port > MAX_PORT) {
            throw new OperationException("port: " + port + " (expected: 1-" + MAX_PORT + ")");
        }
        return port;
    }

    private static String aLabels(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        try {
            if (Addresses.isNumeric(name)) {
                return Addresses.text(Addresses.parse(name));
            }
            String ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            if (!ascii.isEmpty() && ascii.chars().noneMatch(c -> c <= ' ' || c == '/' || c == ':')) {
                return ascii;
            }
        } catch (IllegalArgumentException notAName) {
            // said below
        }
        throw new OperationException("'" + host + "' is not a name or an address");
    }
}
