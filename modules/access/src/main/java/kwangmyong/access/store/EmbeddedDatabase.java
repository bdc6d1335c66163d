package kwangmyong.access.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.h2.Driver;
import org.h2.api.ErrorCode;

/**
 * H2 in a file of its own. A commit is in the file when it returns ({@code WRITE_DELAY=0}) and survives the process; {@link #force} has it survive a power
 * cut too.
 */
final class EmbeddedDatabase implements Database {
    private static final String NAME = "lab";

    /** In no words of H2's own, so that the same SQL serves both databases. */
    private static final String SETTINGS =
            ";TRACE_LEVEL_FILE=0;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

    private final Path folder;

    EmbeddedDatabase(Path folder) {
        this.folder = folder;
    }

    static Path file(Path folder) {
        return folder.resolve(NAME + ".mv.db");
    }

    @Override
    public Connection connect() throws SQLException {
        var owner = new Properties();
        owner.setProperty("user", "sa");
        owner.setProperty("password", ""); // the file's permissions are what protects it
        // Not by DriverManager, which would load every driver there is.
        Connection connection = new Driver().connect(url(), owner);
        connection.setAutoCommit(false);
        return connection;
    }

    String url() {
        // An absolute path: H2 takes no other without saying where it begins.
        return "jdbc:h2:file:" + folder.toAbsolutePath().normalize().resolve(NAME) + SETTINGS;
    }

    @Override
    public Connection connectToWrite() throws SQLException {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Connection connection = connect();
            Files.setPosixFilePermissions(file(folder), PosixFilePermissions.fromString("rw-------"));
            return connection;
        } catch (IOException unusable) {
            throw new SQLException(unusable.toString(), unusable);
        } catch (SQLException failure) {
            if (failure.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
                throw new TakenException("another process uses " + file(folder));
            }
            throw failure;
        }
    }

    @Override
    public void force(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("checkpoint sync");
        }
    }

    @Override
    public void migrate() {
        Migrations.run(url(), "sa", "");
    }

    /** The disk may be full for a while; everything else about a file of one's own stays as it is. */
    @Override
    public boolean isAway(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case ErrorCode.IO_EXCEPTION_1,
                    ErrorCode.IO_EXCEPTION_2,
                    ErrorCode.DATABASE_IS_CLOSED,
                    ErrorCode.OBJECT_CLOSED,
                    ErrorCode.CONNECTION_BROKEN_1,
                    ErrorCode.GENERAL_ERROR_1 -> true;
            default -> failure.getCause() instanceof IOException;
        };
    }
}
