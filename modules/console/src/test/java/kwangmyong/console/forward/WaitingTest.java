package kwangmyong.console.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private final Waiting waiting = new Waiting();

    private void put(String octets) {
        byte[] all = octets.getBytes(StandardCharsets.US_ASCII);
        waiting.put(all, 0, all.length);
    }

    private String taken() throws InterruptedException {
        return new String(waiting.take(), StandardCharsets.US_ASCII);
    }

    @Test
    void whatCameInManyPiecesGoesOnInOne() throws Exception {
        put("a");
        put("");
        put("bc");
        assertThat(taken()).isEqualTo("abc");
        put("d");
        assertThat(taken()).isEqualTo("d");
    }

    @Test
    void whatCameBeforeTheEndGoesOnAndNothingAfterIt() throws Exception {
        put("a");
        waiting.end();
        put("b");
        assertThat(taken()).isEqualTo("a");
        assertThat(taken()).isEmpty();
        assertThat(taken()).isEmpty();
    }
}
