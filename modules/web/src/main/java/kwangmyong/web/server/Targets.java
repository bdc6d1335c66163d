package kwangmyong.web.server;

import java.util.List;
import java.util.Locale;
import kwangmyong.web.http.Authority;
import kwangmyong.web.http.Headers;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Request.Target;
import org.jspecify.annotations.Nullable;

/** Reads request targets (RFC 9112 §3.2) and the one Host field that goes with them (RFC 9110 §7.2). */
final class Targets {
    private Targets() {}

    /**
     * What was asked for.
     *
     * @param scheme what the connection speaks
     * @param uri origin-form, absolute-form or an asterisk
     * @param hostNeeded whether a request without a Host field is an error, as it is in HTTP/1.1
     * @throws Refusal 400 when target or Host is malformed, or there is more than one Host
     */
    static Target read(String scheme, String uri, Headers headers, boolean hostNeeded) {
        Authority host = host(headers.all("Host"), hostNeeded);
        String form = uri;
        int authorityAt = uri.startsWith("/") ? -1 : uri.indexOf("://") + 3;
        if (authorityAt > 2) {
            String named = uri.substring(0, authorityAt - 3).toLowerCase(Locale.ROOT);
            if (!named.equals("http") && !named.equals("https")) {
                throw new Refusal(400, "The scheme of the request target is neither http nor https.");
            }
            int end = endOfAuthority(uri, authorityAt);
            host = valid(uri.substring(authorityAt, end)); // wins over Host: RFC 9112 §3.2.2
            form = uri.startsWith("/", end) ? uri.substring(end) : "/" + uri.substring(end);
        } else if (uri.equals("*")) {
            form = "/";
        } else if (!uri.startsWith("/")) {
            throw new Refusal(400, "The request target is neither a path nor a URL.");
        }
        int hash = form.indexOf('#');
        if (hash >= 0) {
            throw new Refusal(400, "A request target has no fragment.");
        }
        int question = form.indexOf('?');
        String path = question < 0 ? form : form.substring(0, question);
        String query = question < 0 ? "" : form.substring(question + 1);
        return host == null
                ? new Target(scheme, "", -1, path, query)
                : new Target(scheme, host.host(), host.port(), path, query);
    }

    private static @Nullable Authority host(List<String> fields, boolean needed) {
        if (fields.size() > 1) {
            throw new Refusal(400, "There is more than one Host field.");
        }
        if (fields.isEmpty() || fields.get(0).isEmpty()) {
            if (needed) {
                throw new Refusal(400, "There is no Host field.");
            }
            return null;
        }
        return valid(fields.get(0));
    }

    private static Authority valid(String text) {
        Authority authority = Authority.parse(text);
        if (authority == null) {
            throw new Refusal(400, "The host is not one.");
        }
        return authority;
    }

    private static int endOfAuthority(String uri, int from) {
        int end = from;
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
