package kwangmyong.access;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that held, each with the session they began, so that the same ones at the same terminal cost no second hash. Neither names nor
 * passwords are kept, only keyed digests of them, under a key that never leaves this process. Bounded.
 */
final class CredentialSessions {
    static final int MAX_SESSIONS = 16_384;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final Map<String, Recognised> byDigest = new ConcurrentHashMap<>();
    private final Map<String, Session> byId = new ConcurrentHashMap<>();

    CredentialSessions() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** A session, and the layers in which the journal knows of it. */
    static final class Recognised {
        private final Session session;
        private final Set<Layer> journalled = EnumSet.noneOf(Layer.class);

        private Recognised(Session session) {
            this.session = session;
        }

        Session session() {
            return session;
        }

        synchronized boolean isJournalled(Layer layer) {
            return journalled.contains(layer);
        }

        synchronized void journalled(Layer layer) {
            journalled.add(layer);
        }
    }

    /** The digest by which credentials at a terminal are recognised. */
    String digest(InetAddress terminal, String name, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(terminal.getAddress());
            byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, nameBytes.length));
            mac.update(nameBytes);
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible); // every JDK has HmacSHA256
        }
    }

    @Nullable
    Recognised find(String digest, Instant now) {
        Recognised found = byDigest.get(digest);
        return found == null || isOver(found.session, now) ? null : found;
    }

    synchronized Recognised add(String digest, Session session) {
        if (byDigest.size() >= MAX_SESSIONS) {
            byId.values().stream().min(Comparator.comparing(Session::since)).ifPresent(oldest -> end(oldest::equals));
        }
        Recognised added = new Recognised(session);
        Recognised before = byDigest.put(digest, added);
        if (before != null) {
            byId.remove(before.session.id());
        }
        byId.put(session.id(), session);
        return added;
    }

    boolean isLive(String id, Instant now) {
        Session session = byId.get(id);
        return session != null && !isOver(session, now);
    }

    /** Ends those that {@code which} picks; tells whether there was one. */
    synchronized boolean end(Predicate<Session> which) {
        byDigest.values().removeIf(recognised -> which.test(recognised.session));
        return byId.values().removeIf(which);
    }

    boolean expire(Instant now) {
        return !byId.isEmpty() && end(session -> isOver(session, now));
    }

    private static boolean isOver(Session session, Instant now) {
        return session.until() != null && !now.isBefore(session.until());
    }
}
