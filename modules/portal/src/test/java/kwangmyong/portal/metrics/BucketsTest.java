package kwangmyong.portal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {
    @ParameterizedTest
    @CsvSource({
        "-1, 0",
        "0, 0",
        "1, 0",
        "2, 1",
        "3, 2",
        "4, 2",
        "5, 3",
        "1024, 10",
        "1025, 11",
        "9223372036854775807, 24"
    })
    void aTimeIsInTheLowestBucketWhoseBoundItDoesNotPass(long micros, int bucket) {
        assertThat(Buckets.of(micros)).isEqualTo(bucket);
        assertThat(micros / 1e6).isLessThanOrEqualTo(Buckets.boundSeconds(bucket));
        assertThat(bucket == 0 || micros / 1e6 > Buckets.boundSeconds(bucket - 1))
                .isTrue();
    }

    @Test
    void tellsWithinWhatAShareWasReached() {
        Buckets buckets = new Buckets();
        assertThat(Overview.within(buckets, 0.5)).isNull();
        buckets.add(3, 99);
        buckets.add(1_000, 1);
        assertThat(Overview.within(buckets, 0.5)).isEqualTo(4);
        assertThat(Overview.within(buckets, 0.99)).isEqualTo(4);
        assertThat(Overview.within(buckets, 0.991)).isEqualTo(1024);
    }
}
