package kwangmyong.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import kwangmyong.access.api.Scope;
import kwangmyong.console.command.ScriptedOperations;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.testkit.RecordingJournal;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.Test;

final class DoorkeeperTest {
    private final ServerSession connection = (ServerSession) Proxy.newProxyInstance(
            DoorkeeperTest.class.getClassLoader(), new Class<?>[] {ServerSession.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException("nothing is asked of a connection");
            });

    /** A subject's key that was found to be theirs a moment before their name became an operator's. */
    @Test
    void letsNobodyInAsAnOperatorByAKeyThatIsNone() throws Exception {
        KeyPair operators = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        KeyPair another = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        var log = new ConsoleLog(new RecordingJournal(), () -> ScriptedOperations.NOW, AddressPlan.real());
        var known = Map.of("operator", List.of(PublicKeyEntry.toString(operators.getPublic())));
        var door = new Doorkeeper(new Operators(new ScriptedOperations(), log, known), operator -> Scope.all(), null);
        assertThat(door.isLetIn(connection, "operator", operators.getPublic())).isTrue();
        assertThat(door.isLetIn(connection, "operator", another.getPublic())).isFalse();
    }
}
