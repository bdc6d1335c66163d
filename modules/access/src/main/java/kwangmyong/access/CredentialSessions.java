package kwangmyong.access;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that held, each with the session they began, so that the same ones at the same terminal cost no second hash. Neither names nor
 * passwords are kept, only keyed digests of them, under a key that never leaves this process. Bounded. Any thread may read; only the desk's
 * changes it.
 */
final class CredentialSessions {
    static final int MAX_SESSIONS = 16_384;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final Map<String, Recognised> byDigest = new ConcurrentHashMap<>();
    private final Map<String, Recognised> byId = new ConcurrentHashMap<>();
    private final SessionIndex index = new SessionIndex();
    private final SessionsBy<InetAddress> byTerminal = new SessionsBy<>();

    CredentialSessions() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** A session, and the layers in which the journal knows of it. */
    static final class Recognised {
        private final String digest;
        private volatile Session session;
        private final Set<Layer> journalled = EnumSet.noneOf(Layer.class);

        private Recognised(String digest, Session session) {
            this.digest = digest;
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

        synchronized Set<Layer> layers() {
            return Set.copyOf(journalled);
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
        return found == null || SessionIndex.isOver(found.session, now) ? null : found;
    }

    /** On the desk: the oldest, where there is no room for one more; null where there is. */
    @Nullable
    Session surplus() {
        return byId.size() < MAX_SESSIONS
                ? null
                : byId.values().stream()
                        .map(Recognised::session)
                        .min(Comparator.comparing(Session::since))
                        .orElse(null);
    }

    /** On the desk. */
    Recognised add(String digest, Session session) {
        Recognised added = new Recognised(digest, session);
        Recognised before = byDigest.put(digest, added);
        if (before != null) {
            remove(before.session);
            byDigest.put(digest, added);
        }
        byId.put(session.id(), added);
        index.add(session);
        byTerminal.add(session.terminal(), session);
        return added;
    }

    /** On the desk: the same session with another end. */
    void replace(Session session) {
        Recognised before = byId.get(session.id());
        if (before != null) {
            index.remove(before.session);
            before.session = session;
            index.add(session);
            byTerminal.add(session.terminal(), session); // in its place
        }
    }

    /** On the desk. */
    void remove(Session session) {
        Recognised removed = byId.remove(session.id());
        if (removed != null) {
            byDigest.remove(removed.digest, removed);
            index.remove(removed.session);
            byTerminal.remove(removed.session.terminal(), removed.session);
        }
    }

    boolean isLive(String id, Instant now) {
        Recognised recognised = byId.get(id);
        return recognised != null && !SessionIndex.isOver(recognised.session, now);
    }

    /** The layers that know of a session; empty when there is none. */
    Set<Layer> layers(String id) {
        Recognised recognised = byId.get(id);
        return recognised == null ? Set.of() : recognised.layers();
    }

    Collection<Session> of(String subject) {
        return index.of(subject);
    }

    Collection<Session> at(InetAddress terminal) {
        return byTerminal.of(terminal);
    }

    List<Session> all() {
        return index.all();
    }

    int count() {
        return byId.size();
    }

    Instant firstEnd() {
        return index.firstEnd();
    }

    /** On the desk: those whose time is over, the earliest end first. */
    List<Session> over(Instant now) {
        return index.over(now);
    }
}
