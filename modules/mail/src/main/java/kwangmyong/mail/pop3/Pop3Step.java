package kwangmyong.mail.pop3;

import java.util.Set;

/** What the engine wants done next; where it asks something, the matching method of {@link Pop3Engine} takes the answer. */
sealed interface Pop3Step {
    /** Lines, CRLF included. */
    record Say(String lines) implements Pop3Step {}

    record SayAndClose(String lines) implements Pop3Step {}

    record StartTls(String goAhead) implements Pop3Step {}

    /** Answer with {@link Pop3Engine#opened} or {@link Pop3Engine#refused}. */
    record LogIn(String name, String password) implements Pop3Step {}

    /** Say this only after the failure has been made to last. */
    record SayRefusal(String line, int failures, boolean last) implements Pop3Step {}

    /**
     * Send a message as a multi-line response.
     *
     * @param bodyLines how much of its body
     */
    record Send(int index, long octets, int bodyLines) implements Pop3Step {}

    /** Delete, mark and say goodbye; answer with {@link Pop3Engine#updated}. */
    record Update(Set<Integer> deleted, Set<Integer> seen) implements Pop3Step {
        public Update {
            deleted = Set.copyOf(deleted);
            seen = Set.copyOf(seen);
        }
    }
}
