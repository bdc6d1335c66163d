package kwangmyong.access.api;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import kwangmyong.kernel.place.Tariff;
import org.jspecify.annotations.Nullable;

/**
 * What a session at a terminal that one logs in at came to: the receipt of whoever sat there, and a line of the supervisor's book.
 *
 * @param number eight characters by which people tell bills apart; says nothing about the session
 * @param attachment null where the terminal belonged to none by then
 * @param until when it was over, not when that was noticed
 * @param usdPerHour the tariff in force at its end; null where it cost nothing
 */
public record Bill(
        String number,
        String subject,
        String terminal,
        @Nullable String attachment,
        Instant since,
        Instant until,
        End end,
        @Nullable BigDecimal usdPerHour) {

    /** Whole minutes, as they are paid for. */
    public long minutes() {
        return Math.max(0, Duration.between(since, until).toMinutes());
    }

    /** In United States dollars; null where it cost nothing. */
    public @Nullable BigDecimal usd() {
        return usdPerHour == null ? null : new Tariff(usdPerHour).price(minutes());
    }

    /** How a session came to its end. */
    public enum End {
        /** The subject logged out. */
        LOGGED_OUT("logged-out"),
        /** An operator ended it. */
        ENDED("ended"),
        /** Its minutes were used up. */
        USED_UP("used-up"),
        /** Another log-in took the terminal over. */
        REPLACED("replaced"),
        /** The rules that were loaded left no place for it. */
        RULES("rules");

        private final String word;

        End(String word) {
            this.word = word;
        }

        /** As the journal and the API write it. */
        public String word() {
            return word;
        }
    }
}
