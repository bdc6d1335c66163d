package kwangmyong.access.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one connection that writes, opened when it is first needed and again after it was dropped. Of one thread at a time. */
final class WritingEnd {
    private static final Logger log = LoggerFactory.getLogger(WritingEnd.class);

    private final Database database;
    private @Nullable Connection connection;

    WritingEnd(Database database) {
        this.database = database;
    }

    Connection open() throws SQLException {
        Connection there = connection;
        if (there == null) {
            there = database.connectToWrite();
            connection = there;
        }
        return there;
    }

    void rollBack() {
        Connection there = connection;
        try {
            if (there != null) {
                there.rollback();
            }
        } catch (SQLException gone) {
            drop(); // which rolls back as well
        }
    }

    void drop() {
        Connection there = connection;
        connection = null;
        if (there != null) {
            try {
                there.close();
            } catch (SQLException gone) {
                log.debug("a connection that was given up could not be closed", gone);
            }
        }
    }
}
