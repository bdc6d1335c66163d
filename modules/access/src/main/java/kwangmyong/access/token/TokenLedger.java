package kwangmyong.access.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.OperatorScopes;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Tokens;
import kwangmyong.access.store.Change;
import kwangmyong.access.store.Kept;
import kwangmyong.access.store.Store;
import kwangmyong.access.store.StoreException;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.service.LabClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens in memory and in the store. A token's text has 256 random bits, so that its plain SHA-256 tells nothing and cannot be guessed; recognising
 * one is a look into a map. Changes are made one at a time on a thread of their own: the journal first, then the store, then the answer.
 */
public final class TokenLedger implements Tokens, AutoCloseable {
    /** Tokens that hold at once. */
    static final int MOST = 1_000;

    private static final Logger log = LoggerFactory.getLogger(TokenLedger.class);

    private static final String PREFIX = "kwm_";
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_TEXT = 128;
    private static final long ID_SPACE = 36L * 36 * 36 * 36 * 36;
    private static final long FORCE_WITHIN_SECONDS = 30;
    private static final long IDLE_SECONDS = 5;

    private final Store store;
    private final OperatorScopes scopes;
    private final InstantSource time;
    private final LabClock clock;
    private final Journal journal;
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService desk;
    /** By hash. Replaced whole, so that whoever looks takes no lock. */
    private volatile Map<String, Token> held;

    /**
     * Takes back what an earlier run left.
     *
     * @param store whoever opened it closes it, after this
     * @param scopes of operators now
     * @param time the machine's, by which tokens end
     * @param clock the lab's, for the journal
     */
    public TokenLedger(Store store, OperatorScopes scopes, InstantSource time, LabClock clock, Journal journal) {
        this.store = store;
        this.scopes = scopes;
        this.time = time;
        this.clock = clock;
        this.journal = journal;
        this.held = restored(store);
        var thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread worker = new Thread(work, "kwm-tokens");
            worker.setDaemon(true);
            return worker;
        });
        thread.allowCoreThreadTimeOut(true);
        this.desk = thread;
    }

    private static Map<String, Token> restored(Store store) {
        Map<String, Token> restored = new LinkedHashMap<>();
        store.all(Kept.Token.class).stream()
                .sorted(Comparator.comparing(Kept.Token::since).thenComparing(Kept.Token::id))
                .forEach(kept -> {
                    try {
                        restored.put(kept.hash(), Token.of(kept));
                    } catch (IllegalArgumentException unreadable) {
                        log.warn("{} holds no longer: {}", kept, unreadable.getMessage());
                    }
                });
        return restored;
    }

    @Override
    public CompletionStage<Issued> issue(Request request) {
        return submit(() -> {
            check(request);
            Instant now = time.instant().truncatedTo(ChronoUnit.MICROS); // as it is kept
            Map<String, Token> others = standing(now);
            if (others.size() >= MOST) {
                throw OperationException.conflict(
                        "there are " + MOST + " tokens already; revoke some that are not needed");
            }
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            String id = "t" + Long.toString(ID_SPACE + random.nextLong(ID_SPACE), Character.MAX_RADIX);
            String text =
                    PREFIX + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
            var token = new Token(
                    id, request.operator(), request.scopes(), now, now.plus(request.lasting()), request.note());
            force(
                    "token",
                    request.operator(),
                    id + " for " + Scope.words(request.scopes()) + " until " + token.until() + " by " + request.by());
            others.put(hash(text), token);
            keep(others, Change.put(token.kept(hash(text), request.by())));
            return new Issued(text, token.view());
        });
    }

    private void check(Request request) {
        Duration lasting = request.lasting();
        if (lasting.isNegative() || lasting.isZero() || lasting.compareTo(Request.LONGEST) > 0) {
            throw new OperationException("a token for " + lasting + " (expected: more than zero, at most "
                    + Request.LONGEST.toDays() + " days)");
        }
        if (request.note().length() > Request.LONGEST_NOTE) {
            throw new OperationException("a note of " + request.note().length() + " characters (expected: at most "
                    + Request.LONGEST_NOTE + ")");
        }
        Set<Scope> most = scopes.of(request.operator());
        if (most.isEmpty()) {
            throw OperationException.missing("there is no operator '" + request.operator() + "'");
        }
        if (request.scopes().isEmpty()) {
            throw new OperationException("a token without a scope could do nothing");
        }
        for (Scope scope : request.scopes()) {
            if (!Scope.allows(most, scope)) {
                throw new OperationException(request.operator() + " does not hold the scope " + scope.word()
                        + " (expected: within " + Scope.words(most) + ")");
            }
        }
    }

    @Override
    public CompletionStage<TokenView> revoke(String id, String by) {
        return submit(() -> {
            Map<String, Token> left = standing(time.instant());
            Token token = left.values().stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> OperationException.missing("there is no token '" + id + "'"));
            force("token-revoke", token.operator(), id + " by " + by);
            left.values().remove(token);
            keep(left, Change.remove(Kept.Token.class, id));
            return token.view();
        });
    }

    @Override
    public List<TokenView> tokens() {
        return standing(time.instant()).values().stream().map(Token::view).toList();
    }

    @Override
    public Optional<Bearer> bearer(String text) {
        if (!text.startsWith(PREFIX) || text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        Token token = held.get(hash(text));
        Instant now = time.instant();
        if (token == null || token.isOver(now)) {
            return Optional.empty();
        }
        Set<Scope> most = scopes.of(token.operator());
        if (most.isEmpty()) {
            return Optional.empty(); // no operator any more
        }
        token.used(now);
        return Optional.of(new Bearer(token.id(), token.operator(), Scope.both(token.scopes(), most)));
    }

    /** A copy of those that still hold. */
    private Map<String, Token> standing(Instant now) {
        Map<String, Token> standing = new LinkedHashMap<>();
        held.forEach((hash, token) -> {
            if (!token.isOver(now)) {
                standing.put(hash, token);
            }
        });
        return standing;
    }

    /** Those that have ended meanwhile go as well. */
    private void keep(Map<String, Token> tokens, Change change) {
        List<Change> changes = new ArrayList<>(List.of(change));
        held.forEach((hash, token) -> {
            if (!tokens.containsKey(hash)) {
                changes.add(Change.remove(Kept.Token.class, token.id()));
            }
        });
        store.commit(changes);
        held = tokens;
    }

    private void force(String action, String operator, String detail) {
        store.ready(); // so that the journal does not announce what cannot be kept
        journal.force(new Event(clock.now(), Layer.CONSOLE, null, action, operator, null, detail, 0))
                .toCompletableFuture()
                .orTimeout(FORCE_WITHIN_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has SHA-256
        }
    }

    private <T> CompletionStage<T> submit(Callable<T> change) {
        var done = new CompletableFuture<T>();
        try {
            desk.execute(() -> {
                try {
                    done.complete(change.call());
                } catch (StoreException notKept) {
                    done.completeExceptionally(OperationException.conflict(String.valueOf(notKept.getMessage())));
                } catch (Exception failure) {
                    done.completeExceptionally(failure);
                }
            });
        } catch (RejectedExecutionException stopped) {
            done.completeExceptionally(new IllegalStateException("the tokens are closed", stopped));
        }
        return done;
    }

    /** Refuses changes from now on; those that wait are made. */
    @Override
    public void close() {
        desk.shutdown();
    }
}
