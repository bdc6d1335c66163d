package kwangmyong.access.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The schema's history: numbered SQL files that Flyway runs. Flyway is loaded only where there is something to do, since it takes longer than
 * everything else about opening a store.
 */
final class Migrations {
    /** The number of the newest of the files. */
    static final int NEWEST = MigrationFiles.NAMES.size();

    private static final String HISTORY = "flyway_schema_history";

    private Migrations() {}

    /** Whether the schema is as the newest migration leaves it. */
    static boolean isCurrent(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet there = statement.executeQuery(
                    "select count(*) from information_schema.tables where table_name = '" + HISTORY + "'")) {
                if (!there.next() || there.getInt(1) == 0) {
                    return false;
                }
            }
            try (ResultSet version = statement.executeQuery("select \"version\" from " + HISTORY
                    + " where \"success\" and \"version\" is not null order by \"installed_rank\" desc")) {
                int found = version.next() ? Integer.parseInt(version.getString(1)) : 0;
                if (found > NEWEST) {
                    throw new StoreException("the store was written by a newer kwm (its schema is " + found
                            + ", this one knows " + NEWEST + ")");
                }
                return found == NEWEST;
            }
        } finally {
            connection.rollback();
        }
    }

    /** @throws StoreException when a migration fails; what it began is undone */
    static void run(String url, @Nullable String user, @Nullable String password) {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(url, user, password)
                    .resourceProvider(new MigrationFiles())
                    .javaMigrationClassProvider(List::of)
                    .table(HISTORY)
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            throw new StoreException("the store's schema cannot be put in order: " + failed.getMessage(), failed);
        }
    }
}
