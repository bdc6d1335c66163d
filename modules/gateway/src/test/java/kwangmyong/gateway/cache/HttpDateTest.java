package kwangmyong.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpDateTest {
    /** Each after the one before: what was written last is remembered. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-01T09:00:00Z, 'Sun, 01 Mar 2026 09:00:00 GMT'",
        "2026-03-01T09:00:00.999Z, 'Sun, 01 Mar 2026 09:00:00 GMT'",
        "2026-03-01T09:00:01Z, 'Sun, 01 Mar 2026 09:00:01 GMT'",
        "2026-03-01T09:00:00Z, 'Sun, 01 Mar 2026 09:00:00 GMT'",
        "1969-12-31T23:59:59.5Z, 'Wed, 31 Dec 1969 23:59:59 GMT'",
        "1970-01-01T00:00:00Z, 'Thu, 01 Jan 1970 00:00:00 GMT'",
    })
    void isWrittenInTheOneForm(Instant when, String written) {
        assertThat(HttpDate.text(when)).isEqualTo(written);
        assertThat(HttpDate.parse(written, when)).isEqualTo(Instant.ofEpochSecond(when.getEpochSecond()));
    }
}
