package kwangmyong.dns.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kwangmyong.dns.check.Finding.Severity;
import kwangmyong.dns.zone.ZoneReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever BIND's or Knot's checker refuses, ours refuses. Skipped where they are not installed. */
final class ZoneCheckIT {
    private static final Path BIND = Path.of("/usr/bin/named-checkzone");
    private static final Path KNOT = Path.of("/usr/bin/kzonecheck");

    @TempDir
    Path folder;

    @Test
    void refusesWhateverTheOthersRefuse() throws Exception {
        assumeThat(BIND).exists();
        assumeThat(KNOT).exists();
        List<String> passed = new ArrayList<>();
        int refused = 0;
        for (Map.Entry<String, String> zone : BrokenZones.all().entrySet()) {
            Path file = Files.writeString(folder.resolve(zone.getKey() + ".zone"), zone.getValue());
            // Nothing is looked up: all that counts is in the file.
            String bind = complaint(BIND.toString(), "-i", "local", BrokenZones.ORIGIN, file.toString());
            String knot = complaint(KNOT.toString(), "-o", BrokenZones.ORIGIN, file.toString());
            boolean ours = ZoneCheck.of(List.of(ZoneReading.of(BrokenZones.ORIGIN, file))).stream()
                    .anyMatch(finding -> finding.severity() == Severity.ERROR);
            if (!bind.isEmpty() || !knot.isEmpty()) {
                refused++;
                if (!ours) {
                    passed.add(zone.getKey() + "\n" + zone.getValue() + bind + knot);
                }
            }
        }
        System.out.printf(
                "zone check: of %d zones BIND or Knot refuse %d, of which we pass %d%n",
                BrokenZones.all().size(), refused, passed.size());
        assertThat(passed).isEmpty();
        assertThat(refused).isGreaterThan(30);
    }

    /** What a checker says of a zone that it refuses; nothing when it takes it. */
    private static String complaint(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : output;
    }
}
