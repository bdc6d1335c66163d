package kwangmyong.access;

import static kwangmyong.access.TestController.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import kwangmyong.access.account.FailureLedger;
import kwangmyong.access.account.HashQueue;
import kwangmyong.access.api.SlowedView;
import kwangmyong.access.config.LimitsConfig;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.session.Sessions.Authentication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A thousand wrong log-ins a second open no account, keep nobody else from logging in, and fill nothing up. {@code -Dkwm.guess.seconds=} asks for longer.
 */
final class GuessingTest {
    private static final int A_SECOND = 1_000;
    private static final int SECONDS = Integer.getInteger("kwm.guess.seconds", 3);
    private static final int ADDRESSES = 200;
    /** Names, addresses and pairs of them, of subjects and operators. */
    private static final int MOST_KNOWN = 6 * FailureLedger.MAX_KEYS;

    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TestController lab = new TestController(LimitsConfig.NONE);
    private final LongAdder opened = new LongAdder();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger mostWaiting = new AtomicInteger();

    @AfterEach
    void stop() {
        lab.close();
    }

    /** Names that there are and names that there are not, from many terminals, each with another password. */
    private void guess(int number) {
        InetAddress from = DefaultLab.address("10.76.10." + (20 + number % ADDRESSES));
        String name = number % 3 == 0
                ? "nobody" + number
                : List.of("resident", "trader").get(number % 2);
        mostWaiting.accumulateAndGet(waiting.incrementAndGet(), Math::max);
        lab.sessions().authenticate(from, name, "guess" + number, Layer.GATEWAY).whenComplete((outcome, failure) -> {
            waiting.decrementAndGet();
            if (outcome instanceof Authentication.Accepted) {
                opened.increment();
            }
        });
    }

    /** Waits for its turn, so that so many come in a second and no more. */
    private void attack() {
        long began = System.nanoTime();
        for (int number = 0; number < A_SECOND * SECONDS; number++) {
            long due = began + NANOS * number / A_SECOND;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            guess(number);
        }
    }

    @Test
    void noAccountOpensAndWhoIsKnownLogsInMeanwhile() {
        accepted(lab.authenticate(TestController.WORKBENCH, "official"));
        CompletableFuture<Void> attack = CompletableFuture.runAsync(this::attack);
        List<Authentication> honest = new ArrayList<>();
        int turn = 0;
        while (!attack.isDone() || turn < 3) {
            // At their own seat; and where they have been right before, with another password each time, so that a hash
            // is due.
            honest.add(lab.logIn(TestController.CAMPUS, "academic"));
            TestController.get(lab.operations().setPassword("official", "secret" + turn, "ann"));
            honest.add(TestController.get(
                    lab.sessions().authenticate(TestController.WORKBENCH, "official", "secret" + turn, Layer.GATEWAY)));
            turn++;
        }
        attack.join();

        assertThat(opened.sum()).isZero();
        assertThat(honest).isNotEmpty().allMatch(outcome -> outcome instanceof Authentication.Accepted);
        assertThat(lab.controller().failuresKnown()).isLessThanOrEqualTo(MOST_KNOWN);
        assertThat(mostWaiting.get()).as("checks at once").isLessThanOrEqualTo(HashQueue.PLACES + 1);
        assertThat(lab.operations().slowed()).extracting(SlowedView::who).doesNotContain("academic", "official");
    }

    @Test
    void whoIsGuessedAtWaitsAndIsForgivenByAnOperator() {
        for (int number = 0; number < 12; number++) {
            TestController.get(lab.sessions().logIn(TestController.HOTEL, "delegate", "guess" + number));
        }
        assertThat(TestController.refused(lab.logIn(TestController.CAFE, "delegate"))
                        .reason())
                .isEqualTo(Reason.TOO_MANY_ATTEMPTS);

        assertThat(TestController.get(lab.operations().forgive("delegate", "ann")))
                .isTrue();

        accepted(lab.logIn(TestController.CAFE, "delegate"));
        assertThat(TestController.get(lab.operations().forgive("delegate", "ann")))
                .isFalse();
    }
}
