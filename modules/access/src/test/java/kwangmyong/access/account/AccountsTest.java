package kwangmyong.access.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import kwangmyong.access.account.Accounts.Outcome;
import kwangmyong.access.api.SlowedView;
import org.junit.jupiter.api.Test;

/** Guessing is slowed by name and by address; what others get wrong at one's address is not one's own fault. */
final class AccountsTest {
    private static final String WORKBENCH = "10.0.0.1";
    private static final String SEAT = "10.76.20.11";

    /** Refused without the work of a hash. */
    private static final String TOO_LONG = "x".repeat(PasswordHashes.MAX_PASSWORD_LENGTH + 1);

    private static final int STRANGERS = Integer.getInteger("kwm.guess.strangers", 100_000);
    /** A hundred octets for each of them would be more. */
    private static final long LEVEL = 4L << 20;

    private final AtomicLong nanos = new AtomicLong();
    private final Accounts accounts = new Accounts(
            new Passwords(IntStream.range(0, 20)
                    .mapToObj(number -> AccountConfig.demonstration("s" + number))
                    .toList()),
            new HashQueue(Runnable::run),
            nanos::get);

    @Test
    void tenFailuresOfANameSlowThatNameAlone() {
        guess("s1", WORKBENCH, 10);

        assertThat(check("s1", "s1-demo", WORKBENCH)).isEqualTo(Outcome.TOO_MANY);
        assertThat(check("s1", "s1-demo", SEAT)).isEqualTo(Outcome.TOO_MANY);
        assertThat(check("s2", "s2-demo", WORKBENCH)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void manyNamesTriedAtOneAddressSlowWhoIsNewThere() {
        assertThat(check("s19", "s19-demo", WORKBENCH)).isEqualTo(Outcome.HOLDS);
        IntStream.range(0, 10).forEach(number -> guess("s" + number, WORKBENCH, 5));

        assertThat(check("s18", "s18-demo", WORKBENCH)).isEqualTo(Outcome.TOO_MANY);
        assertThat(check("s18", "s18-demo", SEAT)).isEqualTo(Outcome.HOLDS);
        assertThat(check("s19", "s19-demo", WORKBENCH)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void memoryStaysLevelWhateverNamesAreGuessedFromWhateverAddresses() {
        int full = 3 * FailureLedger.MAX_KEYS; // names, addresses, and both
        IntStream.range(0, 2 * FailureLedger.MAX_KEYS).forEach(this::strange);
        long before = heap();
        IntStream.range(0, STRANGERS).forEach(number -> strange(-1 - number));
        long after = heap();

        assertThat(accounts.failuresKnown()).isEqualTo(full);
        assertThat(after - before)
                .as("octets more after %d strangers", STRANGERS)
                .isLessThan(LEVEL);
    }

    private void strange(int number) {
        guess("name" + number, "fd00:76:10::" + Integer.toHexString(number), 1);
    }

    /** What is held, once what is not has been collected. */
    private static long heap() {
        Runtime.getRuntime().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void oneSuccessDoesNotForgiveWhatWasTriedOnOthers() {
        IntStream.range(0, 10).forEach(number -> guess("s" + number, WORKBENCH, 4));
        assertThat(check("s19", "s19-demo", WORKBENCH)).isEqualTo(Outcome.HOLDS);
        IntStream.range(0, 10).forEach(number -> guess("s" + number, WORKBENCH, 1));

        assertThat(check("s18", "s18-demo", WORKBENCH)).isEqualTo(Outcome.TOO_MANY);
    }

    @Test
    void onesOwnSeatIsLockedOnlyByWhatFailsThere() {
        guess("s1", WORKBENCH, 10);
        assertThat(atHome("s1-demo")).isEqualTo(Outcome.HOLDS);

        for (int turn = 0; turn < 10; turn++) {
            assertThat(atHome(TOO_LONG)).isEqualTo(Outcome.BAD);
        }
        assertThat(atHome("s1-demo")).isEqualTo(Outcome.TOO_MANY);
    }

    @Test
    void theWaitIsOverByAndBy() {
        guess("s1", WORKBENCH, 10);
        nanos.addAndGet(1_000_000_000L);

        assertThat(check("s1", "s1-demo", WORKBENCH)).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void whoMustWaitIsShownAndCanBeForgiven() {
        guess("s1", WORKBENCH, 10);
        IntStream.range(2, 10).forEach(number -> guess("s" + number, WORKBENCH, 5));

        assertThat(accounts.slowed("subject"))
                .extracting(SlowedView::kind, SlowedView::who, SlowedView::failures, SlowedView::waitSeconds)
                .containsExactly(tuple("address", WORKBENCH, 50, 1L), tuple("subject", "s1", 10, 1L));

        assertThat(accounts.forgive("s1")).isTrue();
        assertThat(accounts.forgive(WORKBENCH)).isTrue();
        assertThat(accounts.slowed("subject")).isEmpty();
        assertThat(check("s1", "s1-demo", WORKBENCH)).isEqualTo(Outcome.HOLDS);
        assertThat(accounts.forgive("s1")).isFalse();
    }

    private void guess(String name, String from, int times) {
        assertThat(IntStream.range(0, times).mapToObj(turn -> check(name, TOO_LONG, from)))
                .containsOnly(Outcome.BAD);
    }

    private Outcome check(String name, String password, String from) {
        return accounts.check(name, password, from, false).join();
    }

    private Outcome atHome(String password) {
        return accounts.check("s1", password, SEAT, true).join();
    }
}
