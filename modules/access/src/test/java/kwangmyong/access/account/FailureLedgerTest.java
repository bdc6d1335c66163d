package kwangmyong.access.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FailureLedgerTest {
    private static final int FREE = 3;

    private final AtomicLong nanos = new AtomicLong();
    private final FailureLedger ledger = new FailureLedger(FREE, nanos::get);

    @Test
    void theFirstFailuresAreFreeAndEachFurtherOneDoublesTheWait() {
        failTimes(FREE - 1);
        assertThat(ledger.mayTry("academic")).isTrue();
        failTimes(1);
        assertThat(secondsToWait()).isEqualTo(1);
        failTimes(1);
        assertThat(secondsToWait()).isEqualTo(2);
        failTimes(20);
        assertThat(secondsToWait()).isEqualTo(60);
    }

    @Test
    void aSuccessOrAQuietQuarterOfAnHourForgets() {
        failTimes(5);
        ledger.succeeded("academic");
        assertThat(ledger.mayTry("academic")).isTrue();

        failTimes(5);
        nanos.addAndGet(Duration.ofMinutes(16).toNanos());
        failTimes(1);
        assertThat(ledger.mayTry("academic")).isTrue();
    }

    @Test
    void oneNameDoesNotLockAnother() {
        failTimes(5);
        assertThat(ledger.mayTry("trader")).isTrue();
    }

    @Test
    void staysBoundedWhateverIsTried() {
        for (int i = 0; i < 2 * FailureLedger.MAX_KEYS; i++) {
            failTimes("name" + i, FREE);
        }
        assertThat(ledger.slowed()).hasSize(FailureLedger.MAX_KEYS);
    }

    @Test
    void whoFailsUnderManyNamesDoesNotHaveALockForgotten() {
        failTimes(FREE + 2);
        for (int i = 0; i < 2 * FailureLedger.MAX_KEYS; i++) {
            ledger.failed("name" + i);
        }
        assertThat(ledger.mayTry("academic")).isFalse();
    }

    private void failTimes(String name, int times) {
        for (int i = 0; i < times; i++) {
            ledger.failed(name);
        }
    }

    private void failTimes(int times) {
        for (int i = 0; i < times; i++) {
            ledger.failed("academic");
        }
    }

    private long secondsToWait() {
        long start = nanos.get();
        long seconds = 0;
        while (!ledger.mayTry("academic")) {
            seconds++;
            nanos.set(start + Duration.ofSeconds(seconds).toNanos());
        }
        nanos.set(start);
        return seconds;
    }
}
