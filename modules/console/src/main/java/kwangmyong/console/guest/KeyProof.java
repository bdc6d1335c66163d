package kwangmyong.console.guest;

import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * Log-in by public key (RFC 4252 §7) that goes on once possession is proved. Clients ask first whether a key would do, and MINA's authenticator is
 * asked for that too: a session begun there would be anybody's who knows the public half.
 */
public final class KeyProof extends UserAuthPublicKey {
    private final Next next;
    private @Nullable PublicKey proved;

    private KeyProof(@Nullable List<NamedFactory<Signature>> signatures, Next next) {
        super(signatures);
        this.next = next;
    }

    /** What follows on a proof. */
    @FunctionalInterface
    public interface Next {
        /**
         * Whether somebody is let in. MINA takes no later answer about a key, so that this waits on a thread of the server's: a few seconds at
         * most.
         */
        boolean isLetIn(ServerSession session, String name, PublicKey key);
    }

    /** Makes one for each connection. */
    public static UserAuthPublicKeyFactory factory(Next next) {
        return new UserAuthPublicKeyFactory() {
            @Override
            public UserAuthPublicKey createUserAuth(ServerSession session) {
                return new KeyProof(getSignatureFactories(), next);
            }
        };
    }

    @Override
    protected boolean verifySignature(
            ServerSession session,
            String username,
            String algorithm,
            PublicKey key,
            Buffer buffer,
            Signature verifier,
            byte[] signature)
            throws Exception {
        proved = super.verifySignature(session, username, algorithm, key, buffer, verifier, signature) ? key : null;
        return proved != null;
    }

    @Override
    public Boolean doAuth(Buffer buffer, boolean init) throws Exception {
        proved = null;
        Boolean done = super.doAuth(buffer, init);
        return (Boolean.TRUE.equals(done) && proved != null)
                ? Boolean.valueOf(next.isLetIn(getServerSession(), getUsername(), proved))
                : done;
    }
}
