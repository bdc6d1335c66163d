package kwangmyong.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeededFuzzTest {
    @Test
    void makesManyDifferentInputsWithinItsLimit() {
        Set<Integer> lengths = new HashSet<>();
        SeededFuzz.of(List.of("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII), new byte[0]), 2_000)
                .tryAll(input -> {
                    assertThat(input.length).isLessThanOrEqualTo(SeededFuzz.MAX_BYTES);
                    lengths.add(input.length);
                });
        assertThat(lengths).hasSizeGreaterThan(20).contains(0);
    }

    @Test
    void aFailureSaysTheSeed() {
        assertThatThrownBy(() -> SeededFuzz.of(List.of(new byte[] {1}), 10).tryAll(input -> {
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed ")
                .hasRootCauseMessage("bug");
    }
}
