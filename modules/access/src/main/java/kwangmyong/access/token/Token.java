package kwangmyong.access.token;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Tokens.TokenView;
import kwangmyong.access.store.Kept;
import org.jspecify.annotations.Nullable;

/** A token that was issued, without its text. All but its last use is fixed; times are the machine's. */
final class Token {
    private final String id;
    private final String operator;
    private final Set<Scope> scopes;
    private final Instant since;
    private final Instant until;
    private final String note;
    private volatile @Nullable Instant lastUsed;

    Token(String id, String operator, Set<Scope> scopes, Instant since, Instant until, String note) {
        this.id = id;
        this.operator = operator;
        this.scopes = Set.copyOf(scopes);
        this.since = since;
        this.until = until;
        this.note = note;
    }

    /** @throws IllegalArgumentException for a scope that there is not */
    static Token of(Kept.Token kept) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        kept.scopes().forEach(word -> scopes.add(Scope.of(word)));
        return new Token(kept.id(), kept.operator(), scopes, kept.since(), kept.until(), kept.label());
    }

    Kept.Token kept(String hash, String by) {
        return new Kept.Token(id, operator, note, hash, words(), since, until, by);
    }

    TokenView view() {
        return new TokenView(id, operator, words(), since, until, note, lastUsed);
    }

    private List<String> words() {
        return scopes.stream().sorted().map(Scope::word).toList();
    }

    String id() {
        return id;
    }

    String operator() {
        return operator;
    }

    Set<Scope> scopes() {
        return scopes;
    }

    Instant until() {
        return until;
    }

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    void used(Instant now) {
        lastUsed = now.truncatedTo(ChronoUnit.MINUTES);
    }
}
