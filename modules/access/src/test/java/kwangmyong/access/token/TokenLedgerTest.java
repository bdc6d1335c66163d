package kwangmyong.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Tokens.Bearer;
import kwangmyong.access.api.Tokens.Issued;
import kwangmyong.access.api.Tokens.Request;
import kwangmyong.access.store.Change;
import kwangmyong.access.store.Kept;
import kwangmyong.access.store.MemoryStore;
import kwangmyong.testkit.RecordingJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenLedgerTest {
    @TempDir
    Path folder;

    private final RecordingJournal journal = new RecordingJournal();
    private final Map<String, Set<Scope>> operators =
            new HashMap<>(Map.of("ann", EnumSet.of(Scope.READ, Scope.SESSIONS), "root", EnumSet.of(Scope.ADMIN)));
    private Instant now = Instant.parse("2026-03-01T09:00:00Z");
    private final MemoryStore store = new MemoryStore();
    private TokenLedger ledger = ledger();

    private TokenLedger ledger() {
        return new TokenLedger(
                store, operator -> operators.getOrDefault(operator, Set.of()), () -> now, () -> Instant.EPOCH, journal);
    }

    private void restart() {
        ledger.close();
        ledger = ledger();
    }

    @BeforeEach
    void start() {
        restart();
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void recognisesATokenUntilItEndsAcrossRestarts() {
        Issued issued = issue("ann", Scope.READ);
        assertThat(ledger.bearer(issued.token()))
                .contains(new Bearer(issued.about().id(), "ann", Set.of(Scope.READ)));
        restart();
        assertThat(ledger.bearer(issued.token())).isPresent();
        assertThat(ledger.tokens()).hasSize(1);
        now = now.plus(Duration.ofHours(1));
        assertThat(ledger.bearer(issued.token())).isEmpty();
        assertThat(ledger.tokens()).isEmpty();
    }

    @Test
    void keepsNoTokensTextAndJournalsEachBeforeItIsTold() throws IOException {
        Issued issued = issue("ann", Scope.READ);
        Path dump = folder.resolve("dump");
        store.dump(dump);
        assertThat(Files.readString(dump))
                .contains("ann")
                .doesNotContain(issued.token().substring(12));
        assertThat(store.all(Kept.Token.class)).singleElement().asString().doesNotContain("hash");
        assertThat(journal.events()).singleElement().satisfies(event -> {
            assertThat(event.action()).isEqualTo("token");
            assertThat(event.detail()).contains("for read until").doesNotContain(issued.token());
        });
    }

    @Test
    void whatAStoreThatIsAwayDoesNotKeepIsNeitherAnnouncedNorHeld() {
        Issued issued = issue("ann", Scope.READ);
        store.away(true);
        assertThatThrownBy(() -> issue("ann", Scope.READ)).hasRootCauseInstanceOf(OperationException.class);
        assertThatThrownBy(() -> ledger.revoke(issued.about().id(), "root")
                        .toCompletableFuture()
                        .join())
                .hasRootCauseInstanceOf(OperationException.class);
        assertThat(ledger.tokens()).hasSize(1);
        assertThat(ledger.bearer(issued.token())).isPresent();
        assertThat(journal.events()).hasSize(1);
    }

    @Test
    void thoseThatHaveEndedAreNotKeptBesideANewOne() {
        issue("ann", Scope.READ);
        now = now.plus(Duration.ofHours(2));
        Issued issued = issue("ann", Scope.READ);
        assertThat(store.all(Kept.Token.class))
                .extracting(Kept.Token::id)
                .containsExactly(issued.about().id());
    }

    @Test
    void aRevokedOneHoldsNoLongerNorAfterARestart() {
        Issued issued = issue("ann", Scope.READ);
        ledger.revoke(issued.about().id(), "root").toCompletableFuture().join();
        assertThat(ledger.bearer(issued.token())).isEmpty();
        restart();
        assertThat(ledger.bearer(issued.token())).isEmpty();
        assertThatThrownBy(
                        () -> ledger.revoke("t0", "root").toCompletableFuture().join())
                .hasRootCauseInstanceOf(OperationException.class)
                .hasMessageContaining("there is no token 't0'");
    }

    @Test
    void holdsAtMostWhatItsOperatorHoldsNow() {
        assertThatThrownBy(() -> issue("ann", Scope.CLOCK)).hasMessageContaining("ann does not hold the scope clock");
        Issued issued = issue("ann", Scope.READ, Scope.SESSIONS);
        operators.put("ann", EnumSet.of(Scope.READ));
        assertThat(ledger.bearer(issued.token()).orElseThrow().scopes()).containsExactly(Scope.READ);
        operators.remove("ann");
        assertThat(ledger.bearer(issued.token())).isEmpty();
        Issued root = issue("root", Scope.CLOCK);
        assertThat(ledger.bearer(root.token()).orElseThrow().scopes()).containsExactly(Scope.CLOCK);
    }

    @Test
    void refusesWhatNoTokenCanBe() {
        assertThatThrownBy(() -> issue("nobody", Scope.READ)).hasMessageContaining("there is no operator 'nobody'");
        assertThatThrownBy(() -> issue("ann")).hasMessageContaining("without a scope");
        assertThatThrownBy(() -> issue(Duration.ZERO, "", "ann", Scope.READ)).hasMessageContaining("more than zero");
        assertThatThrownBy(() -> issue(Duration.ofDays(367), "", "ann", Scope.READ))
                .hasMessageContaining("366 days");
        assertThatThrownBy(() -> issue(Duration.ofHours(1), "x".repeat(201), "ann", Scope.READ))
                .hasMessageContaining("a note of 201 characters");
        assertThat(ledger.tokens()).isEmpty();
    }

    @Test
    void recognisesNothingElse() {
        Issued issued = issue("ann", Scope.READ);
        String text = issued.token();
        assertThat(Stream.of(
                        "", "kwm_", text.substring(1), text + "x", text.replace("kwm_", "KWM_"), "x".repeat(10_000)))
                .allSatisfy(other -> assertThat(ledger.bearer(other)).isEmpty());
    }

    @Test
    void oneOfAScopeThatThereIsNoLongerIsNotTakenBack() {
        Issued issued = issue("ann", Scope.READ);
        Kept.Token kept = store.all(Kept.Token.class).get(0);
        store.commit(List.of(Change.put(new Kept.Token(
                kept.id(),
                kept.operator(),
                kept.label(),
                kept.hash(),
                List.of("everything"),
                kept.since(),
                kept.until(),
                kept.by()))));
        restart();
        assertThat(ledger.bearer(issued.token())).isEmpty();
    }

    private Issued issue(String operator, Scope... scopes) {
        return issue(Duration.ofHours(1), "", operator, scopes);
    }

    private Issued issue(Duration lasting, String note, String operator, Scope... scopes) {
        return ledger.issue(new Request(operator, Set.of(scopes), lasting, note, operator))
                .toCompletableFuture()
                .join();
    }
}
