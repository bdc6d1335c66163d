package kwangmyong.access.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EmbeddedStoreTest extends StoreContract {
    @Override
    Store open(Path own) {
        return DatabaseStore.open(config(own));
    }

    private static StoreConfig config(Path own) {
        return StoreConfig.embedded(own.resolve("store"));
    }

    @Test
    void isReadableByItsOwnerAlone() throws IOException {
        store().commit(List.of(Change.put(Samples.grant("g1"))));

        Path file = EmbeddedDatabase.file(folder().resolve("store"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsNoDatabaseIsSaidAndStays() throws IOException {
        Path file = EmbeddedDatabase.file(folder().resolve("store"));
        Files.createDirectories(file.getParent());
        Files.writeString(file, "no database at all, but more than a header's worth of text".repeat(200));

        assertThatThrownBy(this::store)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be opened")
                .hasMessageContaining("H2 in");
        assertThat(file).exists();
    }

    @Test
    void aSchemaOfANewerProgramIsRefused() throws Exception {
        store().close();
        try (var connection = new EmbeddedDatabase(folder().resolve("store")).connect();
                var statement = connection.createStatement()) {
            statement.execute("update flyway_schema_history set \"version\" = '9999'");
            connection.commit();
        }

        assertThatThrownBy(() -> open(folder()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("newer kwm");
    }

    @Test
    void everyMigrationIsKnownByName() {
        String files = "/kwangmyong/access/store/migrations";
        String[] names = Path.of(URI.create(String.valueOf(getClass().getResource(files))))
                .toFile()
                .list();

        assertThat(names).containsExactlyInAnyOrderElementsOf(MigrationFiles.NAMES);
    }

    @Test
    void whatTheDatabaseDoesNotTakeIsRefusedAndHarmsNothingElse() {
        Kept.Grant impossible =
                new Kept.Grant("g1", "x".repeat(5_000), "world", Samples.NINE, Samples.NINE.plusSeconds(1), "", "ann");

        assertThatThrownBy(() -> store().commit(List.of(Change.put(Samples.grant("g2")), Change.put(impossible))))
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(StoreAwayException.class);
        assertThat(store().all(Kept.Grant.class)).isEmpty();
        store().commit(List.of(Change.put(Samples.grant("g3"))));

        assertThat(again().all(Kept.Grant.class)).containsExactly(Samples.grant("g3"));
    }
}
