package kwangmyong.api;

import static org.assertj.core.api.Assertions.assertThat;

import kwangmyong.access.api.Bill;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.Watch;
import org.junit.jupiter.api.Test;

final class JsonTest {
    @Test
    void writesWordsAsTheDescriptionSaysAndTheJournalDoes() {
        assertThat(Json.MAPPER.writeValueAsString(Bill.End.LOGGED_OUT)).isEqualTo("\"logged-out\"");
        for (Enum<?>[] all :
                new Enum<?>[][] {Bill.End.values(), Watch.Standing.values(), JournalCheck.CheckpointState.values()}) {
            for (Enum<?> constant : all) {
                assertThat(Json.MAPPER.writeValueAsString(constant)).isEqualTo('"' + Json.word(constant) + '"');
            }
        }
        for (Bill.End end : Bill.End.values()) {
            assertThat(Json.word(end)).isEqualTo(end.word());
        }
    }
}
