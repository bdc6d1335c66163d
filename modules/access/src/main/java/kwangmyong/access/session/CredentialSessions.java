package kwangmyong.access.session;

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
public final class CredentialSessions {
    static final int MAX_SESSIONS = 16_384;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final Map<String, Recognised> byDigest = new ConcurrentHashMap<>();
    private final Map<String, Recognised> byId = new ConcurrentHashMap<>();
    private final SessionIndex index = new SessionIndex();
    private final SessionsBy<InetAddress> byTerminal = new SessionsBy<>();

    public CredentialSessions() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** A session, and the layers in which the journal knows of it. */
    public static final class Recognised {
        private final String digest;
        private volatile Session session;
        private final Set<Layer> journalled = EnumSet.noneOf(Layer.class);

        private Recognised(String digest, Session session) {
            this.digest = digest;
            this.session = session;
        }

        public Session session() {
            return session;
        }

        public synchronized boolean isJournalled(Layer layer) {
            return journalled.contains(layer);
        }

        public synchronized void journalled(Layer layer) {
            journalled.add(layer);
        }

        public synchronized Set<Layer> layers() {
            return Set.copyOf(journalled);
        }
    }

    /** The digest by which credentials at a terminal are recognised. */
    public String digest(InetAddress terminal, String name, String password) {
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
    public Recognised find(String digest, Instant now) {
        Recognised found = byDigest.get(digest);
        return found == null || SessionIndex.isOver(found.session, now) ? null : found;
    }

    /** On the desk: the oldest, where there is no room for one more; null where there is. */
    @Nullable
    public Session surplus() {
        return byId.size() < MAX_SESSIONS
                ? null
                : byId.values().stream()
                        .map(Recognised::session)
                        .min(Comparator.comparing(Session::since))
                        .orElse(null);
    }

    /** On the desk. */
    public Recognised add(String digest, Session session) {
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
    public void replace(Session session) {
        Recognised before = byId.get(session.id());
        if (before != null) {
            index.remove(before.session);
            before.session = session;
            index.add(session);
            byTerminal.add(session.terminal(), session); // in its place
        }
    }

    /** On the desk. */
    public void remove(Session session) {
        Recognised removed = byId.remove(session.id());
        if (removed != null) {
            byDigest.remove(removed.digest, removed);
            index.remove(removed.session);
            byTerminal.remove(removed.session.terminal(), removed.session);
        }
    }

    public boolean isLive(String id, Instant now) {
        Recognised recognised = byId.get(id);
        return recognised != null && !SessionIndex.isOver(recognised.session, now);
    }

    /** The layers that know of a session; empty when there is none. */
    public Set<Layer> layers(String id) {
        Recognised recognised = byId.get(id);
        return recognised == null ? Set.of() : recognised.layers();
    }

    public Collection<Session> of(String subject) {
        return index.of(subject);
    }

    public Collection<Session> at(InetAddress terminal) {
        return byTerminal.of(terminal);
    }

    public List<Session> all() {
        return index.all();
    }

    int count() {
        return byId.size();
    }

    public Instant firstEnd() {
        return index.firstEnd();
    }

    /** On the desk: those whose time is over, the earliest end first. */
    public List<Session> over(Instant now) {
        return index.over(now);
    }
}
