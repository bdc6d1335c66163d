package kwangmyong.console.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kwangmyong.access.api.Entrance;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StaysTest {
    private static final InetAddress CAFE = Addresses.parse("10.76.10.11");

    @TempDir
    Path folder;

    private final List<String> left = new ArrayList<>();

    /** Only leaving is asked of it. */
    private final Entrance entrance = new Entrance() {
        @Override
        public boolean isKeyOf(String subject, String key) {
            return false;
        }

        @Override
        public CompletionStage<Entry> byPassword(InetAddress terminal, String name, String password) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Entry> byKey(InetAddress terminal, String name, String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Boolean> leave(InetAddress terminal, String session) {
            left.add(Addresses.text(terminal) + " " + session);
            return CompletableFuture.completedFuture(true);
        }
    };

    private Stays stays() {
        return new Stays(entrance, folder.resolve("ssh-sessions"));
    }

    private static Visit visit(String session) {
        var connection = (org.apache.sshd.common.session.Session) Proxy.newProxyInstance(
                StaysTest.class.getClassLoader(),
                new Class<?>[] {org.apache.sshd.common.session.Session.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException("nothing is asked of a connection");
                });
        var there = new Session(session, "resident", CAFE, Instant.EPOCH, null, Session.Origin.PORTAL);
        return new Visit(connection, new Identity(CAFE, null, there));
    }

    @Test
    void whoeverLetsGoLastEndsTheSession() {
        Stays stays = stays();
        Visit first = visit("a");
        Visit second = visit("a");
        stays.hold(first, true);
        stays.hold(second, false);
        stays.letGo(first);
        assertThat(left).isEmpty();
        stays.letGo(second);
        stays.letGo(second);
        assertThat(left).containsExactly("10.76.10.11 a");
    }

    @Test
    void aSessionThatWasThereBeforeStays() {
        Stays stays = stays();
        Visit visit = visit("seat");
        stays.hold(visit, false);
        stays.letGo(visit);
        assertThat(left).isEmpty();
    }

    @Test
    void whatAKilledLabLeftEndsAtTheNextStart() throws Exception {
        stays().hold(visit("a"), true);
        Stays next = stays();
        next.endThoseOfBefore();
        assertThat(left).containsExactly("10.76.10.11 a");
        assertThat(Files.exists(folder.resolve("ssh-sessions"))).isFalse();
    }

    @Test
    void aDamagedNoteHarmsNobody() throws Exception {
        Files.writeString(folder.resolve("ssh-sessions"), "not-an-address a\n10.76.10.11 b\n\n10.76.10.12\n");
        stays().endThoseOfBefore();
        assertThat(left).containsExactly("10.76.10.11 b");
    }
}
