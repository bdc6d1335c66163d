package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kwangmyong.lab.GardenExtension.Outcome;
import kwangmyong.lab.outcome.ExitStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code kwm reload} after an operator edited zones, one of them badly: what dig and the operator see. */
final class ReloadByHandIT {
    private static final String ACADEMIC = "127.76.20.11";
    private static final Path LAB = lab();

    @RegisterExtension
    static final GardenExtension garden = new GardenExtension(LAB.toString());

    private static Path lab() {
        try {
            Path folder = Files.createTempDirectory("kwm-reload");
            Path base = Path.of(System.getProperty("kwm.home", "../.."), "lab-configs", "kwangmyong")
                    .toAbsolutePath()
                    .normalize();
            Files.writeString(folder.resolve("lab.yaml"), """
                    extends: %s
                    lab: {name: reload}
                    dns: {zones: zones}
                    rules:
                      - {id: edited, allow: [.first.kp, .second.kp], classification: resident}
                    """.formatted(base));
            Files.createDirectory(folder.resolve("zones"));
            write(folder, "first", 1, "10.76.9.1");
            write(folder, "second", 1, "10.76.9.2");
            return folder;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void write(Path folder, String zone, int serial, String address) throws IOException {
        Files.writeString(
                folder.resolve("zones/" + zone + ".kp.zone"),
                "$TTL 60\n@ SOA ns root " + serial + " 7200 3600 1209600 300\n  NS ns\nns A 10.76.0.1\nwww A " + address
                        + "\n");
    }

    private static String address(String name) throws Exception {
        return garden.run("dig", "-b", ACADEMIC, "@127.76.0.1", "-p", garden.port(53), "+short", name)
                .output()
                .strip();
    }

    @Test
    void aFaultyZoneStaysAsItWasAndItsFileAndLineAreTold() throws Exception {
        assertThat(address("www.first.kp")).isEqualTo("10.76.9.1");
        assertThat(address("www.second.kp")).isEqualTo("10.76.9.2");

        write(LAB, "first", 2, "10.76.9.300");
        write(LAB, "second", 2, "10.76.9.22");
        Outcome faulty = garden.kwm("reload", "--lab", LAB.toString());
        assertThat(faulty.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(faulty.output())
                .contains("zones with faults stay as they were; the others are taken")
                .containsPattern("first\\.kp\\.zone:5\\b")
                .doesNotContain("second.kp");
        assertThat(address("www.first.kp")).as("the old one is served").isEqualTo("10.76.9.1");
        assertThat(address("www.second.kp")).as("the other one is taken").isEqualTo("10.76.9.22");
        assertThat(garden.kwm("events", "--lab", LAB.toString(), "--where", "action=zone-kept")
                        .output())
                .contains("first.kp");

        write(LAB, "first", 2, "10.76.9.3");
        Outcome sound = garden.kwm("reload", "--lab", LAB.toString());
        assertThat(sound.status()).as(sound.output()).isZero();
        assertThat(address("www.first.kp")).isEqualTo("10.76.9.3");
    }
}
