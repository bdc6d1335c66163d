package kwangmyong.console;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kwangmyong.console.drop.DropConfig;
import org.jspecify.annotations.Nullable;

/**
 * Where the operator's console listens, and its limits.
 *
 * @param labName stands in the prompt
 * @param listen lab addresses; at least one
 * @param authorisedKeys the public keys of each operator, as lines of an OpenSSH authorized_keys file
 * @param hostKeys the folder of the host's keys; made when missing
 * @param files what the file drop shows; null for no files at all
 * @param maxSessions connections at once, those that have not logged in among them
 * @param maxGuests connections of subjects who have logged in, at once
 * @param authenticationTries log-in attempts on one connection
 * @param logInWithin how long a connection may take to log in
 * @param idleFor how long a connection may stay silent
 */
public record ConsoleConfig(
        String labName,
        List<InetSocketAddress> listen,
        Map<String, List<String>> authorisedKeys,
        Path hostKeys,
        @Nullable DropConfig files,
        int maxSessions,
        int maxGuests,
        int authenticationTries,
        Duration logInWithin,
        Duration idleFor) {
    public static final int DEFAULT_MAX_SESSIONS = 32;
    public static final int DEFAULT_MAX_GUESTS = 128;
    public static final int DEFAULT_AUTHENTICATION_TRIES = 6;
    public static final Duration DEFAULT_LOG_IN_WITHIN = Duration.ofSeconds(60);
    public static final Duration DEFAULT_IDLE_FOR = Duration.ofMinutes(30);

    public ConsoleConfig {
        listen = List.copyOf(listen);
        authorisedKeys = Map.copyOf(authorisedKeys);
        if (listen.isEmpty()) {
            throw new IllegalArgumentException("a console that listens nowhere");
        }
        if (maxSessions < 1 || maxGuests < 1 || authenticationTries < 1) {
            throw new IllegalArgumentException("maxSessions: " + maxSessions + ", maxGuests: " + maxGuests
                    + ", authenticationTries: " + authenticationTries + " (expected: 1 or more)");
        }
        if (logInWithin.isNegative() || logInWithin.isZero() || idleFor.isNegative() || idleFor.isZero()) {
            throw new IllegalArgumentException(
                    "logInWithin: " + logInWithin + ", idleFor: " + idleFor + " (expected: more than nothing)");
        }
    }

    /** The usual limits. */
    public static ConsoleConfig of(
            String labName, List<InetSocketAddress> listen, Map<String, List<String>> authorisedKeys, Path hostKeys) {
        return new ConsoleConfig(
                labName,
                listen,
                authorisedKeys,
                hostKeys,
                null,
                DEFAULT_MAX_SESSIONS,
                DEFAULT_MAX_GUESTS,
                DEFAULT_AUTHENTICATION_TRIES,
                DEFAULT_LOG_IN_WITHIN,
                DEFAULT_IDLE_FOR);
    }

    /** With a file drop. */
    public ConsoleConfig withFiles(DropConfig shown) {
        return new ConsoleConfig(
                labName,
                listen,
                authorisedKeys,
                hostKeys,
                shown,
                maxSessions,
                maxGuests,
                authenticationTries,
                logInWithin,
                idleFor);
    }
}
