package kwangmyong.portal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kwangmyong.web.http.PercentCoding;

/** The little of a browser that forms need: a terminal to speak from, cookies, hidden fields. One connection for each request. */
final class Browser {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final Pattern TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");
    private static final Pattern COOKIE = Pattern.compile("(?im)^set-cookie: ([^=]+)=([^;\\r]*)");

    private final InetSocketAddress portal;
    private final String terminal;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String host = "portal.kp";

    Browser(InetSocketAddress portal, String terminal) {
        this.portal = portal;
        this.terminal = terminal;
    }

    Browser at(String otherHost) {
        host = otherHost;
        return this;
    }

    Browser with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** What it has been given, to look at and to change. */
    Map<String, String> cookies() {
        return cookies;
    }

    String get(String path) throws IOException {
        return send("GET " + path, "");
    }

    /** Sends a form that the page at {@code page} holds: with its token. */
    String submit(String page, String action, Map<String, String> fields) throws IOException {
        Matcher token = TOKEN.matcher(get(page));
        Map<String, String> all = new LinkedHashMap<>(fields);
        if (token.find()) {
            all.put("form-token", token.group(1));
        }
        return post(action, all);
    }

    String post(String path, Map<String, String> fields) throws IOException {
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) ->
                body.append(body.isEmpty() ? "" : "&").append(name).append('=').append(PercentCoding.encode(value)));
        return send("POST " + path, body.toString());
    }

    private String send(String what, String body) throws IOException {
        StringBuilder request = new StringBuilder(what)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        if (!cookies.isEmpty()) {
            request.append("Cookie: ");
            cookies.forEach((name, value) ->
                    request.append(name).append('=').append(value).append("; "));
            request.append("\r\n");
        }
        if (!body.isEmpty()) {
            request.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
                    .append(body.length())
                    .append("\r\n");
        }
        String reply = raw(request + "Connection: close\r\n\r\n" + body);
        Matcher cookie = COOKIE.matcher(reply);
        while (cookie.find()) {
            cookies.put(cookie.group(1), cookie.group(2));
        }
        return reply;
    }

    String raw(String bytes) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(TestPortal.socket(terminal), 0));
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(portal);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
