package kwangmyong.access.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import kwangmyong.testkit.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything that a store promises, kept by PostgreSQL, which comes and goes. */
final class ServerStoreIT extends StoreContract {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static PostgresServer server;

    @BeforeAll
    static void serve() throws IOException, InterruptedException {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static StoreConfig config(Path own, Duration patience) {
        return new StoreConfig(own, server.url(), PostgresServer.USER, PostgresServer.PASSWORD, patience);
    }

    @Override
    Store open(Path own) {
        return DatabaseStore.open(config(own, PATIENCE));
    }

    @AfterEach
    void empty() throws SQLException, IOException, InterruptedException {
        close();
        var database = new ServerDatabase(config(folder(), PATIENCE), server.url());
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (Table<?> table : Tables.ALL) {
                statement.execute("drop table if exists " + table.name());
            }
            statement.execute("drop table if exists flyway_schema_history");
            connection.commit();
        }
    }

    @Test
    void whileItIsAwayReadingGoesOnChangesAreRefusedAndAfterwardsEverythingIsAsAcknowledged() throws Exception {
        store().commit(List.of(Change.put(Samples.grant("before"))));
        server.down();

        assertThatThrownBy(() -> store().commit(
                                List.of(Change.put(Samples.grant("refused")), Change.remove(Samples.grant("before")))))
                .isInstanceOf(StoreAwayException.class)
                .hasMessageStartingWith("the store is away");
        store().later(List.of(Change.put(Samples.grant("later"))));
        assertThat(store().health().away()).isNotNull();
        assertThatThrownBy(store()::ready).isInstanceOf(StoreAwayException.class);
        assertThat(names(store())).containsExactlyInAnyOrder("before", "later");

        server.up();
        await().atMost(Duration.ofSeconds(20)).until(() -> store().health().away() == null);
        store().commit(List.of(Change.put(Samples.grant("after"))));

        assertThat(names(again())).containsExactlyInAnyOrder("before", "later", "after");
    }

    @Test
    void aChangeWaitsForAShortAbsenceAndIsThenMade() throws Exception {
        try (Store patient = DatabaseStore.open(config(folder(), Duration.ofSeconds(30)))) {
            patient.commit(List.of(Change.put(Samples.grant("before"))));
            server.down();
            var waiting =
                    CompletableFuture.runAsync(() -> patient.commit(List.of(Change.put(Samples.grant("waited")))));
            await().until(() -> patient.health().away() != null);
            assertThat(waiting).isNotDone();

            server.up();
            waiting.join();

            assertThat(names(patient)).containsExactlyInAnyOrder("before", "waited");
        }
        assertThat(names(store())).containsExactlyInAnyOrder("before", "waited");
    }

    @Test
    void underLoadThroughCrashesNothingThatWasAcknowledgedIsLostAndNothingThatWasRefusedIsThere() throws Exception {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        var over = new AtomicBoolean();
        store();
        var load = CompletableFuture.runAsync(() -> {
            for (int turn = 0; !over.get(); turn++) {
                String id = "g" + turn;
                try {
                    store().commit(List.of(Change.put(Samples.grant(id)), Change.remove(Kept.Grant.class, "nothing")));
                    acknowledged.add(id);
                } catch (StoreAwayException away) {
                    refused.add(id);
                    Thread.onSpinWait();
                }
            }
        });
        for (int time = 1; time <= 3; time++) {
            int enough = acknowledged.size() + 50;
            await().atMost(Duration.ofSeconds(30)).until(() -> acknowledged.size() >= enough);
            server.crash();
            int some = refused.size() + 1;
            await().atMost(Duration.ofSeconds(30)).until(() -> refused.size() >= some);
            server.up();
        }
        int enough = acknowledged.size() + 50;
        await().atMost(Duration.ofSeconds(30)).until(() -> acknowledged.size() >= enough);
        over.set(true);
        load.join();

        assertThat(names(again())).containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    @Test
    void aSecondLabIsRefusedUntilTheFirstHasGone() {
        store();

        assertThatThrownBy(() -> open(folder()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another lab uses")
                .hasMessageNotContaining(PostgresServer.PASSWORD);
        assertThat(names(again())).isEmpty();
    }

    @Test
    void aServerThatIsNotThereAndAWrongPasswordAreSaid() {
        var nowhere = new StoreConfig(folder(), "jdbc:postgresql://127.0.0.1:1/lab", "lab", "x", PATIENCE);
        var wrong = new StoreConfig(folder(), server.url(), PostgresServer.USER, "wrong", PATIENCE);

        assertThatThrownBy(() -> DatabaseStore.open(nowhere))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("127.0.0.1:1");
        assertThatThrownBy(() -> DatabaseStore.open(wrong))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("password authentication failed");
    }

    private static List<String> names(Store store) {
        return store.all(Kept.Grant.class).stream().map(Kept.Grant::id).toList();
    }
}
