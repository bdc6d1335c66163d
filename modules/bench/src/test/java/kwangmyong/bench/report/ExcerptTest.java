package kwangmyong.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExcerptTest {
    @TempDir
    Path folder;

    @Test
    void equalDecisionsAreOneLineWithTheirNumber() throws IOException {
        Excerpt excerpt =
                read(line(1, "a.kp A", "allow", 1) + line(2, "a.kp A", "allow", 4) + line(3, "b.kp A", "deny", 1));
        assertThat(excerpt.lines())
                .extracting(Excerpt.Line::seq, Excerpt.Line::resource, Excerpt.Line::times)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("1", "a.kp A", 5L),
                        org.assertj.core.groups.Tuple.tuple("3", "b.kp A", 1L));
        assertThat(excerpt.left()).isZero();
        assertThat(excerpt.trouble()).isNull();
    }

    @Test
    void denialsComeFirstWhereNotAllHaveRoomAndTheOrderStays() throws IOException {
        StringBuilder journal = new StringBuilder();
        for (int i = 1; i <= 20; i++) {
            journal.append(line(i, "n" + i + ".kp A", i % 4 == 0 ? "deny" : "allow", 1));
        }
        Excerpt excerpt = read(journal.toString());
        assertThat(excerpt.lines())
                .extracting(Excerpt.Line::seq)
                .containsExactly("1", "2", "3", "4", "8", "12", "16", "20");
        assertThat(excerpt.left()).isEqualTo(12);
    }

    @Test
    void eventsWithoutAVerdictAreNoDecisions() throws IOException {
        assertThat(read("{\"seq\":1,\"service\":\"journal\",\"action\":\"begin\",\"verdict\":null}\n")
                        .lines())
                .isEmpty();
    }

    @Test
    void saysWhereAJournalCannotBeRead() throws IOException {
        Excerpt excerpt = read(line(1, "a.kp A", "allow", 1) + "{\"seq\":2,\n" + line(3, "b.kp A", "deny", 1));
        assertThat(excerpt.lines()).hasSize(1);
        assertThat(excerpt.trouble()).contains("line 2");
    }

    @Test
    void aJournalOfATunnelTakesBoundedRoom() throws IOException {
        StringBuilder journal = new StringBuilder();
        for (int i = 1; i <= 30_000; i++) {
            journal.append(line(i, "x".repeat(200) + i, "deny", 1))
                    .append(line(i, i + ".t.example.net TXT", "deny", 1));
        }
        Excerpt excerpt = read(journal.toString());
        assertThat(excerpt.lines()).hasSize(8).allMatch(line -> line.resource().length() <= 121);
        assertThat(excerpt.left()).isLessThanOrEqualTo(10_000);
    }

    private Excerpt read(String journal) throws IOException {
        return Excerpt.read(Files.writeString(folder.resolve("journal.jsonl"), journal));
    }

    private static String line(int seq, String resource, String verdict, int count) {
        return "{\"seq\":%d,\"service\":\"dns\",\"subject\":\"academic\",\"action\":\"resolve\",\"resource\":\"%s\",\"verdict\":\"%s\",\"rule\":\"r\",\"code\":\"rule\",\"count\":%d}%n"
                .formatted(seq, resource, verdict, count);
    }
}
