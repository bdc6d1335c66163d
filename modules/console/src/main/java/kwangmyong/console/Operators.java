package kwangmyong.console;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kwangmyong.access.api.Operations;
import kwangmyong.console.guest.Visit;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.session.ServerSession;

/** Which operators may log in: by password, which the access controller checks away from this thread, or by a key of the configuration. */
final class Operators implements SessionListener {
    private static final AttributeKey<Boolean> BY_PASSWORD = new AttributeKey<>();

    private final Operations operations;
    private final ConsoleLog log;
    private final Map<String, List<PublicKey>> keys;

    /**
     * Reads the keys.
     *
     * @throws IOException naming the operator whose key is none
     */
    Operators(Operations operations, ConsoleLog log, Map<String, List<String>> authorisedKeys) throws IOException {
        this.operations = operations;
        this.log = log;
        this.keys = new HashMap<>();
        for (Map.Entry<String, List<String>> entry : authorisedKeys.entrySet()) {
            List<PublicKey> read = new ArrayList<>();
            for (String line : entry.getValue()) {
                read.add(key(entry.getKey(), line));
            }
            keys.put(entry.getKey(), List.copyOf(read));
        }
    }

    private static PublicKey key(String operator, String line) throws IOException {
        try {
            AuthorizedKeyEntry entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(line);
            PublicKey key = entry == null ? null : entry.resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
            if (key != null) {
                return key;
            }
        } catch (GeneralSecurityException | IOException | IllegalArgumentException unreadable) {
            throw new IOException(
                    "operator " + operator + ": a public key cannot be read: " + unreadable.getMessage(), unreadable);
        }
        throw new IOException("operator " + operator + ": '" + line + "' is no public key");
    }

    /** Completes once a log-in is on disk. */
    CompletionStage<Boolean> checkPassword(String name, String password, ServerSession session) {
        return operations
                .checkOperator(name, password, log.from(session))
                .thenCompose(holds -> holds ? accepted(session, name) : refused(session, name));
    }

    private CompletionStage<Boolean> accepted(ServerSession session, String name) {
        session.setAttribute(BY_PASSWORD, true);
        return log.loggedIn(session, name, "password").thenApply(onDisk -> true);
    }

    private CompletionStage<Boolean> refused(ServerSession session, String name) {
        log.logInRefused(session, name);
        return CompletableFuture.completedFuture(false);
    }

    /** No proof: clients ask for any key. */
    boolean isKeyOf(String name, PublicKey key) {
        return keys.getOrDefault(name, List.of()).stream().anyMatch(known -> KeyUtils.compareKeys(known, key));
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated && session.getAttribute(BY_PASSWORD) == null && Visit.of(session) == null) {
            log.loggedIn(session, session.getUsername(), "key");
        }
    }
}
