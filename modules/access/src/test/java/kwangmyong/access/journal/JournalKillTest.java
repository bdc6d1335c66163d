package kwangmyong.access.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.testkit.SettableClock;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class JournalKillTest {
    private static final int KILLS = 3;
    private static final int ACKNOWLEDGED = 400;

    @TempDir
    Path state;

    @ParameterizedTest
    @ValueSource(longs = {16 << 10, 64 << 20})
    void whateverWasAcknowledgedIsThereAfterAKill(long segmentBytes) throws Exception {
        JournalConfig config = JournalConfig.under(state);
        Set<String> acknowledged = new HashSet<>();
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.addAll(loadUntilKilled(kill, segmentBytes));
            assertThat(new JournalReader(config).verify().isWhole()).isTrue();
        }
        JournalFile.open(config, () -> Events.LATTICE, new SettableClock()).close();
        Set<String> found = new HashSet<>();
        new JournalReader(config).read(JournalQuery.ALL, entry -> found.add(String.valueOf(entry.get("resource"))));
        assertThat(found).containsAll(acknowledged);
        assertThat(Journals.closed(config).isEmpty()).isEqualTo(segmentBytes > 1 << 20);
        assertThat(Journals.all(config)).extracting(JournalEntry::seq).doesNotHaveDuplicates();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS * ACKNOWLEDGED);
        assertThat(new JournalReader(config).verify().isWhole()).isTrue();
    }

    /** What another JVM said that it had been told is on disk, before it was killed in the middle of its load. */
    private Set<String> loadUntilKilled(int round, long segmentBytes) throws Exception {
        Process load = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        classPath(),
                        JournalLoad.class.getName(),
                        state.toString(),
                        String.valueOf(round),
                        String.valueOf(segmentBytes)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<String> acknowledged = new HashSet<>();
        try (var lines = new BufferedReader(new InputStreamReader(load.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                acknowledged.add(line);
                if (acknowledged.size() == ACKNOWLEDGED) {
                    load.toHandle().destroyForcibly(); // unlike the process itself, it leaves the pipe to be read out
                }
            }
        }
        assertThat(load.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(load.exitValue()).isEqualTo(128 + 9);
        return acknowledged;
    }

    /** Where the classes of the load come from, whatever runs this test. */
    private static String classPath() {
        return Stream.of(
                        JournalLoad.class,
                        JournalFile.class,
                        Lattice.class,
                        SettableClock.class,
                        LoggerFactory.class,
                        NullMarked.class)
                .map(type -> Path.of(URI.create(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
