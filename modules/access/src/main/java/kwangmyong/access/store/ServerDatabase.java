package kwangmyong.access.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;

/** A PostgreSQL server (15 or newer). Time-outs are short: whoever waits for a decision waits for the store too. */
final class ServerDatabase implements Database {
    /** Of PostgreSQL's advisory locks (§13.3.5 of its manual): "kwm" and a version. One lab writes to a database. */
    private static final long LOCK = 0x6b776d_0001L;

    private static final String CONNECT_SECONDS = "2";
    private static final String ANSWER_SECONDS = "5";

    private final StoreConfig config;
    private final String server;

    ServerDatabase(StoreConfig config, String server) {
        this.config = config;
        this.server = server;
    }

    @Override
    public Connection connect() throws SQLException {
        Properties properties = config.properties();
        properties.putIfAbsent("connectTimeout", CONNECT_SECONDS);
        properties.putIfAbsent("socketTimeout", ANSWER_SECONDS);
        properties.putIfAbsent("tcpKeepAlive", "true");
        properties.putIfAbsent("ApplicationName", "kwm");
        Connection connection = new Driver().connect(server, properties);
        if (connection == null) {
            throw new SQLNonTransientException("'" + config.where() + "' is no address of a PostgreSQL server");
        }
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public Connection connectToWrite() throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            // What is acknowledged is on the server's disk, whatever its configuration says.
            statement.execute("set synchronous_commit to on");
            try (ResultSet result = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
                if (!result.next() || !result.getBoolean(1)) {
                    throw new TakenException("another lab uses " + config.where());
                }
            }
            connection.commit();
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    @Override
    public void force(Connection connection) {
        // a commit has forced it
    }

    @Override
    public void migrate() {
        Migrations.run(server, config.user(), config.password());
    }

    /** By the classes of SQLSTATE: 08 connection, 53 resources, 57 the operator's doing, 40 to be tried again, 25 a server that only reads; and a server that another lab's lock keeps. */
    @Override
    public boolean isAway(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof TakenException || (state != null && state.matches("(08|53|57|40|25).*"));
    }
}
