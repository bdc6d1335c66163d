package kwangmyong.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import kwangmyong.lab.yaml.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of a lab.yaml, reading it ends, and what is wrong comes as faults that point into the file. */
class LabReaderFuzzTest {
    private static final Path DEFAULT_LAB = Repository.file("lab-configs/kwangmyong/lab.yaml");
    private static final int ROUNDS = Integer.getInteger("kwm.hostile.rounds", 150);
    private static final String PIECES = "{}[]:,-#&*!|>'\"%@`?~\n\t  \u0000\ufeff\u2028광😀aA0.+/$";
    private static final List<String> WORDS = List.of(
            "null",
            "<<",
            "*",
            "&a",
            "*a",
            "!!",
            "extends",
            "remove: true",
            "id",
            "---\n",
            "...\n",
            "\"",
            "- ",
            ": ",
            "1e999",
            "[[[[",
            "{{",
            "/",
            "::",
            "..");

    @Test
    void endsWithADeclarationOrWithFaults(@TempDir Path folder) throws IOException {
        String sound = Files.readString(DEFAULT_LAB);
        long seed = Long.getLong("kwm.fuzz.seed", new Random().nextLong());
        System.out.println("kwm.fuzz.seed=" + seed);
        Random random = new Random(seed);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String spoilt = spoil(sound, random);
            Path file = folder.resolve(LabReader.FILE_NAME);
            Files.deleteIfExists(file); // a file that is written over is brought to the disk, a new one is not
            Files.write(file, spoilt.getBytes(StandardCharsets.UTF_8));
            long begin = System.nanoTime();
            LabReader.Result result = LabReader.read(file);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("round %d", round)
                    .isLessThan(Duration.ofSeconds(10));
            if (result instanceof LabReader.Result.Faulty faulty) {
                assertThat(faulty.faults()).isNotEmpty().allSatisfy(fault -> check(fault, spoilt));
            } else {
                read++;
            }
        }
        assertThat(read).isLessThan(ROUNDS);
    }

    private static void check(Fault fault, String text) {
        assertThat(fault.message()).isNotBlank();
        assertThat(fault.line())
                .isBetween(
                        1,
                        (int) text.codePoints()
                                        .filter(c -> c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029)
                                        .count()
                                + 2);
        assertThat(fault.column()).isPositive();
    }

    private static String spoil(String text, Random random) {
        StringBuilder spoilt = new StringBuilder(text);
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            int at = random.nextInt(spoilt.length());
            int to = Math.min(spoilt.length(), at + 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 6));
            switch (random.nextInt(5)) {
                case 0 -> spoilt.delete(at, to);
                case 1 -> spoilt.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
                case 2 -> spoilt.replace(at, to, WORDS.get(random.nextInt(WORDS.size())));
                case 3 -> spoilt.insert(random.nextInt(spoilt.length()), spoilt.substring(at, to));
                default -> spoilt.insert(at, WORDS.get(random.nextInt(WORDS.size())));
            }
        }
        return spoilt.toString();
    }
}
