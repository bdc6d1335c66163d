package kwangmyong.access.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.JournalCheck.CheckpointState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to the files of a journal by somebody without its key shows, with its place. */
class SegmentDamageTest {
    private static final int LINES = 60;

    @TempDir
    Path state;

    interface Harm {
        void to(JournalConfig config, List<Segment> closed) throws IOException;
    }

    static Stream<Arguments> harms() {
        return Stream.of(
                harm(
                        "a line altered and packed again",
                        (config, closed) -> repack(closed.get(2), text -> text.replaceFirst("\"allow\"", "\"deny\"")),
                        CheckpointState.HOLDS,
                        "000003.jsonl.gz, line 1: it was altered: its id does not fit what it says"),
                harm(
                        "a line taken out and packed again",
                        (config, closed) -> repack(closed.get(2), text -> text.replaceFirst("(?m)^.*\n", "")),
                        CheckpointState.HOLDS,
                        "000003.jsonl.gz, line 1: before it a line is missing"),
                harm(
                        "the tail of a closed file cut off and packed again",
                        (config, closed) -> repack(closed.get(2), text -> text.substring(0, text.indexOf('\n') + 1)),
                        CheckpointState.HOLDS,
                        "000003.jsonl.gz: when it was closed it held lines"),
                harm(
                        "two lines exchanged and packed again",
                        (config, closed) ->
                                repack(closed.get(2), text -> text.replaceFirst("(?m)^(.*\n)(.*\n)", "$2$1")),
                        CheckpointState.HOLDS,
                        "000003.jsonl.gz, line 1: before it a line is missing"),
                harm(
                        "a bit of a packed file turned",
                        (config, closed) -> turnABit(closed.get(2).packed(), 100),
                        CheckpointState.HOLDS,
                        "000003.jsonl.gz, line 1: the block at byte 0 was altered"),
                harm(
                        "a packed file truncated",
                        (config, closed) -> cut(closed.get(2).packed(), 300),
                        CheckpointState.HOLDS,
                        "000003.jsonl.gz, line 1: the file ends within the block at byte 0"),
                harm(
                        "something appended to a packed file",
                        (config, closed) -> Files.write(
                                closed.get(2).packed(),
                                "more".getBytes(StandardCharsets.US_ASCII),
                                StandardOpenOption.APPEND),
                        CheckpointState.HOLDS,
                        "there is no block of lines"),
                harm(
                        "a file removed",
                        (config, closed) -> remove(closed.get(2)),
                        CheckpointState.HOLDS,
                        "000003.jsonl.gz: the file is missing"),
                harm(
                        "the first file removed",
                        (config, closed) -> remove(closed.get(0)),
                        CheckpointState.HOLDS,
                        "000001.jsonl.gz: the file is missing"),
                harm(
                        "the last closed file removed",
                        (config, closed) -> remove(closed.get(closed.size() - 1)),
                        CheckpointState.HOLDS,
                        "the file is missing"),
                harm(
                        "two files exchanged",
                        (config, closed) -> exchange(closed.get(2), closed.get(3)),
                        CheckpointState.HOLDS,
                        "000003.jsonl.gz, line 1: before it"),
                harm(
                        "a file put in the place of another, with its notes",
                        (config, closed) -> {
                            copy(closed.get(3).packed(), closed.get(2).packed());
                            copy(closed.get(3).end(), closed.get(2).end());
                            copy(closed.get(3).index(), closed.get(2).index());
                        },
                        CheckpointState.HOLDS,
                        "000003.end: it is missing, or the journal's key did not sign it"),
                harm(
                        "a signed end removed",
                        (config, closed) -> Files.delete(closed.get(2).end()),
                        CheckpointState.HOLDS,
                        "000003.end: it is missing"),
                harm(
                        "an index altered",
                        (config, closed) -> turnABit(
                                closed.get(2).index(),
                                (int) Files.size(closed.get(2).index()) - 3),
                        CheckpointState.HOLDS,
                        "000003.index: it is not what the journal's key signed"),
                harm(
                        "the checkpoint removed",
                        (config, closed) -> Files.delete(config.head()),
                        CheckpointState.MISSING,
                        ""),
                harm(
                        "the live file removed",
                        (config, closed) -> Files.delete(config.file()),
                        CheckpointState.CUT_OFF,
                        ""),
                harm(
                        "the live file and the last closed one removed",
                        (config, closed) -> {
                            Files.delete(config.file());
                            remove(closed.get(closed.size() - 1));
                        },
                        CheckpointState.CUT_OFF,
                        "the file is missing"),
                harm(
                        "a note of what was let go forged",
                        (config, closed) -> {
                            remove(closed.get(0));
                            Files.writeString(
                                    config.letGo(),
                                    "{\"segment\":1,\"seq\":10,\"id\":\"" + "0".repeat(32)
                                            + "\",\"signature\":\"AAAA\"}\n");
                        },
                        CheckpointState.HOLDS,
                        "journal.gone: the journal's key did not sign"));
    }

    private static Arguments harm(String what, Harm harm, CheckpointState state, String fault) {
        return Arguments.of(what, harm, state, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harms")
    void shows(String what, Harm harm, CheckpointState checkpoint, String fault) throws Exception {
        JournalConfig config = Journals.small(state);
        Journals.write(config, LINES);
        Journals.assertWhole(config);
        harm.to(config, Journals.closed(config));
        JournalCheck.Chain found = Journals.check(config);
        assertThat(found.isWhole()).isFalse();
        assertThat(found.checkpoint()).isEqualTo(checkpoint);
        if (!fault.isEmpty()) {
            assertThat(found.faults())
                    .anySatisfy(one -> assertThat(one.toString()).contains(fault));
        }
        Journals.write(config, 2);
        assertThat(Journals.check(config).isWhole())
                .as("it keeps showing, or was said")
                .isEqualTo(checkpoint == CheckpointState.MISSING);
    }

    @Test
    void anOlderJournalWithItsOlderCheckpointPutBackShows() throws Exception {
        JournalConfig config = JournalConfig.under(state);
        Journals.write(config, 10);
        byte[] lines = Files.readAllBytes(config.file());
        byte[] head = Files.readAllBytes(config.head());
        Journals.write(config, 10);
        Files.write(config.head(), head);
        assertThat(Journals.check(config).checkpoint()).isEqualTo(CheckpointState.OLDER);
        Files.write(config.file(), lines);
        assertThat(Journals.check(config).checkpoint()).isEqualTo(CheckpointState.OLDER);
        Journals.write(config, 1);
        assertThat(Journals.check(config).faults())
                .anySatisfy(fault -> assertThat(fault.toString())
                        .startsWith("journal.jsonl, line 11: before it 10 lines are missing"));
    }

    @Test
    void aCheckpointOfAnotherKeyIsNone() throws Exception {
        JournalConfig config = JournalConfig.under(state);
        Journals.write(config, 10);
        JournalConfig other = JournalConfig.under(state.resolve("other"));
        Journals.write(other, 10);
        copy(other.head(), config.head());
        assertThat(Journals.check(config).checkpoint()).isEqualTo(CheckpointState.MISSING);
    }

    private interface Change {
        String of(String text);
    }

    private static void repack(Segment segment, Change change) throws IOException {
        String text;
        try (var in = new GZIPInputStream(Files.newInputStream(segment.packed()))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        byte[] changed = change.of(text).getBytes(StandardCharsets.UTF_8);
        assertThat(changed).isNotEqualTo(text.getBytes(StandardCharsets.UTF_8));
        Files.write(segment.packed(), Member.pack(changed, 0, changed.length));
    }

    private static void turnABit(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private static void cut(Path file, int to) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), to));
    }

    private static void remove(Segment segment) throws IOException {
        Files.delete(segment.packed());
        Files.delete(segment.end());
        Files.delete(segment.index());
    }

    private static void exchange(Segment one, Segment other) throws IOException {
        byte[] first = Files.readAllBytes(one.packed());
        copy(other.packed(), one.packed());
        Files.write(other.packed(), first);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
