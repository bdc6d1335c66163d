package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is changed in a lab that runs in isolated mode reaches the world's process as well. */
final class WorldFollowsIT {
    private static final Path FOLDER = folder();

    @RegisterExtension
    static final IsolatedGarden lab = IsolatedGarden.of(FOLDER);

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory(
                    "kwm-world", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Path base = Path.of(System.getProperty("kwm.home", "../.."), "lab-configs", "kwangmyong")
                    .toAbsolutePath()
                    .normalize();
            Files.writeString(folder.resolve("lab.yaml"), """
                    extends: %s
                    lab: {name: follows, clock: {start: 2026-03-01T09:00:00Z, speed: 0}}
                    dns: {world: world}
                    """.formatted(base));
            Files.createDirectory(folder.resolve("world"));
            write(folder, "first", 1, "198.51.100.1");
            return folder;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void write(Path folder, String zone, int serial, String address) throws IOException {
        Files.writeString(
                folder.resolve("world/" + zone + ".example.zone"),
                "$TTL 60\n@ SOA ns root " + serial + " 7200 3600 1209600 300\n  NS ns\nns A 203.0.113.2\nwww A "
                        + address + "\n");
    }

    private static String inTheWorld(String name) throws Exception {
        return lab.inTheWorld("dig +short @203.0.113.2 " + name).output().strip();
    }

    @Test
    void zonesOfTheWorldAreReadAgainAndNewOnesDelegated() throws Exception {
        assertThat(inTheWorld("www.first.example")).isEqualTo("198.51.100.1");
        write(FOLDER, "first", 2, "198.51.100.2");
        write(FOLDER, "second", 1, "198.51.100.3");

        Outcome reloaded = lab.kwm("reload");

        assertThat(reloaded.status()).as(reloaded.output()).isZero();
        assertThat(inTheWorld("www.first.example")).isEqualTo("198.51.100.2");
        assertThat(inTheWorld("www.second.example")).isEqualTo("198.51.100.3");
    }

    @Test
    void theWorldsClockIsTheLabsWhereverThatIsMovedTo() throws Exception {
        assertThat(inside()).isEqualTo(inTheWorld()).isEqualTo("2026-03-01T09:00:00Z");

        Outcome moved = lab.kwm("clock", "--by", "26h");

        assertThat(moved.status()).as(moved.output()).isZero();
        assertThat(inside()).isEqualTo(inTheWorld()).isEqualTo("2026-03-02T11:00:00Z");
    }

    private static Instant inside() throws Exception {
        return at("academic", "http://namsan.aca.kp/");
    }

    private static Instant inTheWorld() throws Exception {
        return at("--world", "--resolve dailynk.com:80:192.0.2.10 http://dailynk.com/");
    }

    /** When a site says that it is. */
    private static Instant at(String place, String url) throws Exception {
        Outcome headers = lab.shellAt(place, "curl -sS -o /dev/null -D - " + url);
        return headers.output()
                .lines()
                .filter(line -> line.startsWith("Date: "))
                .map(line -> ZonedDateTime.parse(line.substring(6).strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .findFirst()
                .orElseThrow(() -> new AssertionError(headers.output()));
    }
}
