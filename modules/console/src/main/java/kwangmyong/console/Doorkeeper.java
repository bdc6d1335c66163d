package kwangmyong.console;

import java.security.PublicKey;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kwangmyong.access.api.OperatorScopes;
import kwangmyong.console.guest.Guests;
import kwangmyong.console.guest.KeyProof;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.auth.AsyncAuthException;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators and subjects apart: by name, an operator's first. Who is neither, and does not come from where subjects may be, is refused as an
 * operator would be.
 */
final class Doorkeeper implements PasswordAuthenticator, PublickeyAuthenticator, KeyProof.Next {
    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);
    /** How long a log-in may take to be on disk. */
    private static final long KEY_SECONDS = 5;

    private final Operators operators;
    private final OperatorScopes scopes;
    private final @Nullable Guests guests;

    /** @param guests null where no subjects are let in */
    Doorkeeper(Operators operators, OperatorScopes scopes, @Nullable Guests guests) {
        this.operators = operators;
        this.scopes = scopes;
        this.guests = guests;
    }

    /** Null for an operator, or where they are let in nowhere. */
    private @Nullable Guests guestsFor(String name, ServerSession session) {
        return guests == null || scopes.isOperator(name) || !guests.isFromATerminal(session) ? null : guests;
    }

    @Override
    public boolean authenticate(String name, String password, ServerSession session) throws AsyncAuthException {
        Guests asGuest = guestsFor(name, session);
        throw later(
                asGuest == null
                        ? operators.checkPassword(name, password, session)
                        : asGuest.byPassword(session, name, password));
    }

    @Override
    public boolean authenticate(String name, PublicKey key, ServerSession session) {
        Guests asGuest = guestsFor(name, session);
        return asGuest == null ? operators.isKeyOf(name, key) : asGuest.isKeyOf(name, PublicKeyEntry.toString(key));
    }

    @Override
    public boolean isLetIn(ServerSession session, String name, PublicKey key) {
        Guests asGuest = guestsFor(name, session);
        // Who is an operator may have changed since the key was asked for, so that it is asked for again.
        return asGuest == null
                ? operators.isKeyOf(name, key)
                : waited(asGuest.byKey(session, name, PublicKeyEntry.toString(key)));
    }

    private static boolean waited(CompletionStage<Boolean> answer) {
        try {
            return answer.toCompletableFuture().get(KEY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException notNow) {
            LOG.debug("a log-in by key failed", notNow);
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static AsyncAuthException later(CompletionStage<Boolean> answer) {
        var later = new AsyncAuthException();
        answer.whenComplete((holds, failure) -> later.setAuthed(failure == null && holds));
        return later;
    }
}
