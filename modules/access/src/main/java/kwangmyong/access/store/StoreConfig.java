package kwangmyong.access.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where what happens at run time is kept.
 *
 * @param folder of the embedded database; made when it is missing
 * @param server {@code jdbc:postgresql:…}; null for the embedded database
 * @param user of the server; null for what the URL says
 * @param password of the server; null for what the URL says
 * @param patience how long a change waits for a database that is away before it is refused; more than zero
 */
public record StoreConfig(
        Path folder,
        @Nullable String server,
        @Nullable String user,
        @Nullable String password,
        Duration patience) {
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(2);

    /** What a server's URL begins with. */
    public static final String POSTGRESQL = "jdbc:postgresql:";

    public StoreConfig {
        if (server != null && !server.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException(
                    "store: '" + withoutSecrets(server) + "' (expected: " + POSTGRESQL + "//HOST/DATABASE)");
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("wait: " + patience + " (expected: more than nothing)");
        }
    }

    /** The embedded database, in a folder. */
    public static StoreConfig embedded(Path folder) {
        return new StoreConfig(folder, null, null, null, DEFAULT_PATIENCE);
    }

    /** A PostgreSQL server. */
    public static StoreConfig postgresql(Path folder, String server, @Nullable String user, @Nullable String password) {
        return new StoreConfig(folder, server, user, password, DEFAULT_PATIENCE);
    }

    /** What it is and where, for people. */
    String where() {
        return server == null ? "H2 in " + folder : withoutSecrets(server);
    }

    private static String withoutSecrets(String url) {
        return url.replaceAll("(?i)(password=)[^&]*", "$1…");
    }

    Properties properties() {
        var properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "StoreConfig[" + where() + "]";
    }
}
