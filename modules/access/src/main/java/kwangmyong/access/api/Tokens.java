package kwangmyong.access.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens for programs that act for an operator (RFC 6750). A token's text is told once; only a hash of it is kept. Tokens end by the
 * machine's clock, not the lab's: they open the control plane, and an operator who moves the lab's clock would lock themselves out.
 * What cannot be done fails with an {@link OperationException}.
 */
public interface Tokens {
    /** Makes a token; completes once it is on disk. */
    CompletionStage<Issued> issue(Request request);

    /**
     * Ends a token at once.
     *
     * @param by the operator
     */
    CompletionStage<TokenView> revoke(String id, String by);

    /** Those that still hold, oldest first. */
    List<TokenView> tokens();

    /** Who may do what with a token's text; empty when it holds no longer, or never did. Does not block. */
    Optional<Bearer> bearer(String text);

    /**
     * What is asked for.
     *
     * @param operator whom it acts for
     * @param scopes at most what the operator holds, which bounds it later too
     * @param lasting more than zero, at most {@link #LONGEST}
     * @param note for people; may be empty
     * @param by the operator who asks
     */
    record Request(String operator, Set<Scope> scopes, Duration lasting, String note, String by) {
        public static final Duration LONGEST = Duration.ofDays(366);
        public static final int LONGEST_NOTE = 200;

        public Request {
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * A token as shown to people.
     *
     * @param scopes words
     * @param lastUsed to within a minute; null when it never was since the lab started
     */
    record TokenView(
            String id,
            String operator,
            List<String> scopes,
            Instant since,
            Instant until,
            String note,
            @Nullable Instant lastUsed) {
        public TokenView {
            scopes = List.copyOf(scopes);
        }
    }

    /** A fresh token: the one time that its text is seen. */
    record Issued(String token, TokenView about) {}

    /**
     * Who acts by a token.
     *
     * @param scopes the token's, within what its operator holds now
     */
    record Bearer(String id, String operator, Set<Scope> scopes) {
        public Bearer {
            scopes = Set.copyOf(scopes);
        }
    }
}
