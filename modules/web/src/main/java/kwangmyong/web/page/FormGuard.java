package kwangmyong.web.page;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kwangmyong.web.http.Parameters;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import org.jspecify.annotations.Nullable;

/**
 * Lets a form through only when this server's own page sent it, from the terminal that the page was made for: a token in the form is
 * bound to a cookie that no other site can set or read, and to the terminal. Keeps no state; its key lives as long as it does.
 */
public final class FormGuard {
    /** The hidden field that carries the token. */
    public static final String FIELD = "form-token";

    private static final String COOKIE = "kwm-form";
    private static final int BYTES = 24;
    private static final int COOKIE_CHARACTERS = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    public FormGuard() {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** What one page's forms carry: the token, and the cookie it is bound to. */
    public static final class Ticket {
        private final String token;
        private final @Nullable String newCookie;

        private Ticket(String token, @Nullable String newCookie) {
            this.token = token;
            this.newCookie = newCookie;
        }

        /** For the hidden field {@link #FIELD}. */
        public String token() {
            return token;
        }

        /** The page's reply with the cookie, where the browser has none yet. */
        public Reply on(Reply reply) {
            return newCookie == null ? reply : reply.plus("Set-Cookie", newCookie);
        }
    }

    /** A ticket for a page that a terminal asked for. */
    public Ticket ticket(Request request, InetAddress terminal) {
        String cookie = request.cookie(COOKIE);
        if (cookie != null && cookie.length() == COOKIE_CHARACTERS) {
            return new Ticket(token(cookie, terminal), null);
        }
        byte[] fresh = new byte[BYTES];
        random.nextBytes(fresh);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(fresh);
        String secure = request.target().scheme().equals("https") ? "; Secure" : "";
        return new Ticket(
                token(value, terminal), COOKIE + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + secure);
    }

    /** Whether a form came from a page of this server, made for this terminal. */
    public boolean accepts(Request request, Parameters form, InetAddress terminal) {
        String cookie = request.cookie(COOKIE);
        String given = form.first(FIELD);
        if (cookie == null || given == null || cameFromElsewhere(request)) {
            return false;
        }
        return MessageDigest.isEqual(
                token(cookie, terminal).getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
    }

    /** What the browser itself says of where the form stood; silence is no objection. */
    private static boolean cameFromElsewhere(Request request) {
        String origin = request.header("Origin");
        String site = request.header("Sec-Fetch-Site");
        return (origin != null && !origin.equals(request.target().origin()))
                || (site != null && !site.equals("same-origin") && !site.equals("none"));
    }

    private String token(String cookie, InetAddress terminal) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(cookie.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) '\n');
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(terminal.getAddress()));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible); // every JDK has HmacSHA256
        }
    }
}
