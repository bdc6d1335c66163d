package kwangmyong.console.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import kwangmyong.access.api.Entrance;
import kwangmyong.access.api.LogBook;
import kwangmyong.access.api.Operations;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuestsTest {
    private static final InetAddress CAFE = Addresses.parse("10.76.10.11");

    @TempDir
    Path folder;

    private final List<String> left = new CopyOnWriteArrayList<>();
    private Guests guests;

    private final List<CompletableFuture<Entrance.Entry>> asked = new CopyOnWriteArrayList<>();

    /** Answers when the test does. */
    private final class Waiting implements Entrance {

        @Override
        public boolean isKeyOf(String subject, String key) {
            return true;
        }

        @Override
        public CompletionStage<Entry> byPassword(InetAddress terminal, String name, String password) {
            asked.add(new CompletableFuture<>());
            return asked.get(asked.size() - 1);
        }

        @Override
        public CompletionStage<Entry> byKey(InetAddress terminal, String name, String key) {
            return byPassword(terminal, name, key);
        }

        @Override
        public CompletionStage<Boolean> leave(InetAddress terminal, String session) {
            left.add(session);
            return CompletableFuture.completedFuture(true);
        }
    }

    @BeforeEach
    void start() {
        guests = new Guests(
                new GuestPorts(
                        new Waiting(),
                        unasked(Operations.class),
                        new ScriptedSessions(),
                        ScriptedPolicy.allowingAll(),
                        () -> {
                            throw new UnsupportedOperationException();
                        },
                        unasked(NameData.class),
                        LogBook.NONE,
                        AddressPlan.real(),
                        () -> Instant.EPOCH,
                        ZoneOffset.UTC,
                        folder.resolve("ssh-sessions")),
                1);
        guests.start();
    }

    @AfterEach
    void stop() {
        guests.close();
    }

    private static Entrance.Entry entered(boolean begun) {
        var session = new Session("a", "resident", CAFE, Instant.EPOCH, null, Session.Origin.PORTAL);
        return new Entrance.Entry.Entered(new Identity(CAFE, null, session), begun);
    }

    private static <T> T unasked(Class<T> port) {
        return port.cast(Proxy.newProxyInstance(
                GuestsTest.class.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                }));
    }

    private static org.apache.sshd.common.session.Session connection() {
        Map<Object, Object> attributes = new HashMap<>();
        return (org.apache.sshd.common.session.Session) Proxy.newProxyInstance(
                GuestsTest.class.getClassLoader(),
                new Class<?>[] {org.apache.sshd.common.session.Session.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddress" -> new InetSocketAddress(CAFE, 40_000);
                    case "getAttribute" -> attributes.get(arguments[0]);
                    case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
                    case "isClosing", "isClosed" -> false;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> null;
                });
    }

    @Test
    void whoAsksAgainBeforeTheAnswerHasOneStayThatEndsWithTheConnection() {
        var connection = connection();
        CompletionStage<Boolean> first = guests.byPassword(connection, "resident", "resident-demo");
        CompletionStage<Boolean> second = guests.byPassword(connection, "resident", "resident-demo");
        asked.get(0).complete(entered(true));
        asked.get(1).complete(entered(false));
        assertThat(first.toCompletableFuture().join()).isTrue();
        assertThat(second.toCompletableFuture().join()).isTrue();
        guests.sessionClosed(connection);
        await().atMost(Duration.ofSeconds(20)).until(() -> !left.isEmpty());
        assertThat(left).containsExactly("a");
        guests.byPassword(connection(), "resident", "resident-demo");
        assertThat(asked).as("there is room for the next").hasSize(3);
    }
}
