package kwangmyong.kernel.service;

import java.net.InetSocketAddress;
import java.util.List;

/** Something that listens. {@code lab} starts services in order and stops them in the opposite one. */
public interface Service {
    /** One word: {@code dns}, {@code gateway}. */
    String name();

    /**
     * Opens every listener; when it returns, every one of them answers.
     *
     * @throws StartException when one cannot be opened; nothing stays open then
     */
    void start() throws StartException;

    /**
     * Told once, when every service of the lab listens: the time for what may be done later, in the background. Returns at once. Whoever asks for
     * such a thing before it is there waits for it.
     */
    default void settle() {}

    /**
     * Forgets what it keeps of those who asked before, so that whoever asks next finds it as after a start on fresh state: answers, amounts used. Between
     * two trials of an experiment; mail and other things that were acknowledged stay.
     */
    default void forget() {}

    /** Closes listeners and connections and gives back every resource. Does nothing when not started; never throws. */
    void stop();

    /** What it listens on, as lab addresses; empty before the start. */
    List<Listener> listeners();

    /** How it is doing: cheap, never blocks, any thread may ask. One that listens is up, unless it knows better. */
    default Health health() {
        return listeners().isEmpty() ? Health.DOWN : Health.UP;
    }

    /** Numbers that it keeps of itself: cheap, never blocks, any thread may ask. */
    default List<Reading> readings() {
        return List.of();
    }

    /**
     * One listening socket.
     *
     * @param protocol what is spoken there: {@code dns/udp}, {@code http-proxy}, {@code smtp}
     * @param address as configured, never the loopback form
     * @param socket where it is open on this machine
     */
    record Listener(String protocol, InetSocketAddress address, InetSocketAddress socket) {}

    /** A service could not start; the message is one sentence for the person who started the lab, with no stack trace needed. */
    final class StartException extends Exception {
        private static final long serialVersionUID = 1L;

        public StartException(String message) {
            super(message);
        }

        public StartException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
