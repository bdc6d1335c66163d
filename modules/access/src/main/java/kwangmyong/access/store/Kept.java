package kwangmyong.access.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is kept. Clearances are words and terminals lab addresses as text, so that what is kept outlives a change of the lattice. Times are by the
 * lab's clock and are kept to the microsecond.
 */
public sealed interface Kept {
    /** What tells it from others of its kind; at most {@value #LONGEST_ID} characters. */
    String id();

    int LONGEST_ID = 512;

    /** Whose password, key or lock it is: subjects and operators have names of their own. */
    enum Whose {
        SUBJECT,
        OPERATOR;

        /** How what is somebody's alone is called. */
        public String id(String name) {
            return name().toLowerCase(Locale.ROOT) + ' ' + name;
        }
    }

    /** More clearance for a while. */
    record Grant(String id, String subject, String added, Instant from, Instant until, String reason, String by)
            implements Kept {}

    /**
     * Who took a terminal; sessions of seats are not kept, since every start makes them. Of one terminal the latest stays.
     *
     * @param endsBy what ends it by itself: {@code expiry}, {@code minutes}, or the id of a quota; null when nothing does, or it is not known
     */
    record Session(
            String session,
            String subject,
            String terminal,
            Instant since,
            @Nullable Instant until,
            @Nullable String endsBy)
            implements Kept {
        /** One of which it is not known what ends it. */
        public Session(String session, String subject, String terminal, Instant since, @Nullable Instant until) {
            this(session, subject, terminal, since, until, null);
        }

        @Override
        public String id() {
            return terminal;
        }
    }

    /** A seat that its subject left. */
    record EmptySeat(String terminal) implements Kept {
        @Override
        public String id() {
            return terminal;
        }
    }

    /**
     * A subject that an operator added.
     *
     * @param seats lab addresses
     */
    record Person(
            String name,
            String description,
            String clearance,
            @Nullable String mailbox,
            List<String> seats,
            Instant since,
            String by)
            implements Kept {
        public Person {
            seats = List.copyOf(seats);
        }

        @Override
        public String id() {
            return name;
        }
    }

    /**
     * A password set at run time, in place of a declared one.
     *
     * @param hash Argon2id in PHC form; null for none at all, so that nobody logs in by password
     * @param declared by what the declared one is known again that this stands in place of; null where none was declared
     */
    record Password(
            Whose whose,
            String name,
            @Nullable String hash,
            @Nullable String declared,
            Instant since,
            String by) implements Kept {
        @Override
        public String id() {
            return whose.id(name);
        }

        /** Without what must not be shown. */
        @Override
        public String toString() {
            return "Password[" + id() + "]";
        }
    }

    /**
     * A public key that proves who somebody is.
     *
     * @param fingerprint as OpenSSH shows it, {@code SHA256:…}
     * @param line as in OpenSSH's authorized_keys
     */
    record PublicKey(Whose whose, String name, String fingerprint, String line, Instant since, String by)
            implements Kept {
        @Override
        public String id() {
            return whose.id(name) + ' ' + fingerprint;
        }
    }

    /** An account that nobody may use for now. */
    record Lock(Whose whose, String name, String reason, Instant since, String by) implements Kept {
        @Override
        public String id() {
            return whose.id(name);
        }
    }

    /**
     * What a subject has used of a quota of minutes on the latest day on which they used any.
     *
     * @param seconds on that day, up to {@code since}
     * @param since when they began to use more; null while they do not
     */
    record Minutes(
            String quota,
            String subject,
            LocalDate day,
            long seconds,
            @Nullable Instant since) implements Kept {
        @Override
        public String id() {
            return id(quota, subject);
        }

        /** How what somebody has used of a quota is called. */
        public static String id(String quota, String subject) {
            return quota + ' ' + subject;
        }
    }

    /**
     * A token of the API; the token itself is shown once and never kept.
     *
     * @param hash SHA-256 over the token, in hexadecimal digits
     * @param since when it was made, by the machine's clock as {@code until} is
     */
    record Token(
            String id,
            String operator,
            String label,
            String hash,
            List<String> scopes,
            Instant since,
            Instant until,
            String by)
            implements Kept {
        public Token {
            scopes = List.copyOf(scopes);
        }

        /** Without what must not be shown. */
        @Override
        public String toString() {
            return "Token[" + id + " of " + operator + "]";
        }
    }
}
