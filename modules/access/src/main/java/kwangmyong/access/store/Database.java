package kwangmyong.access.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Which database it is, and what it does in a way of its own. */
interface Database {
    /** A new connection, ready for transactions. */
    Connection connect() throws SQLException;

    /**
     * A connection for the one who writes: no other process gets one as long as it is open.
     *
     * @throws TakenException when another has it
     */
    Connection connectToWrite() throws SQLException;

    /** After a commit: what was committed survives a power cut when it returns. */
    void force(Connection connection) throws SQLException;

    /** Puts the schema in order, where it is not; may be slow. */
    void migrate() throws SQLException;

    /** Whether a failure says that the database does not answer at the moment, rather than that it does not take what it was given. */
    boolean isAway(SQLException failure);

    /** Another process writes to this database. */
    final class TakenException extends SQLException {
        private static final long serialVersionUID = 1L;

        TakenException(String message) {
            super(message);
        }
    }
}
