package kwangmyong.portal.room;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import org.jspecify.annotations.Nullable;

/**
 * Which browsers a supervisor has logged in with. A cookie is made at each log-in and never taken from a browser, holds only at the terminal that it was
 * made for, and ends after half an hour of silence or twelve hours by the machine's clock, at log-out, and with the process. Any thread.
 */
final class Supervisors {
    static final String COOKIE = "kwm-room";

    private static final int MOST = 64;
    private static final int BYTES = 32;
    private static final Duration SILENCE = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofHours(12);

    private final SecureRandom random = new SecureRandom();
    private final LongSupplier nanos;
    /** By a digest of the cookie, so that looking one up tells nothing by how long it takes. */
    private final Map<String, Login> logins = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Login> eldest) {
            return size() > MOST;
        }
    };

    private record Login(String operator, InetAddress terminal, long began, long seen) {
        boolean isOver(long now) {
            return now - seen > SILENCE.toNanos() || now - began > LONGEST.toNanos();
        }
    }

    /** @param nanos the machine's monotonic clock */
    Supervisors(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Begins anew: whatever cookie the browser came with holds no longer. */
    Reply begin(Request request, String operator, InetAddress terminal, Reply reply) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        String cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        long now = nanos.getAsLong();
        synchronized (this) {
            forget(request);
            logins.put(digest(cookie), new Login(operator, terminal, now, now));
        }
        return reply.plus("Set-Cookie", COOKIE + "=" + cookie + tail(request));
    }

    private static String tail(Request request) {
        String secure = request.target().scheme().equals("https") ? "; Secure" : "";
        return "; Path=/room; HttpOnly; SameSite=Strict" + secure;
    }

    /** The operator whose browser asks; null for anybody else. */
    synchronized @Nullable String operator(Request request, InetAddress terminal) {
        String cookie = request.cookie(COOKIE);
        if (cookie == null) {
            return null;
        }
        Login login = logins.get(digest(cookie));
        if (login == null || !login.terminal().equals(terminal)) {
            return null;
        }
        long now = nanos.getAsLong();
        if (login.isOver(now)) {
            forget(request);
            return null;
        }
        logins.put(digest(cookie), new Login(login.operator(), terminal, login.began(), now));
        return login.operator();
    }

    /** Ends it on both sides. */
    Reply end(Request request, Reply reply) {
        forget(request);
        return reply.plus("Set-Cookie", COOKIE + "=" + tail(request) + "; Max-Age=0");
    }

    private synchronized void forget(Request request) {
        String cookie = request.cookie(COOKIE);
        if (cookie != null) {
            logins.remove(digest(cookie));
        }
    }

    private static String digest(String cookie) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(cookie.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has SHA-256
        }
    }
}
