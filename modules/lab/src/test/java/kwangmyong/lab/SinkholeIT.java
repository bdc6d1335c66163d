package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A lab whose name server leads astray what it denies, seen by dig and curl: the block page stands where the name leads. */
final class SinkholeIT {
    private static final String ACADEMIC = "127.76.20.11";

    private static final String LAB = lab().toString();

    @RegisterExtension
    static final GardenExtension garden = new GardenExtension(LAB);

    private static Path lab() {
        try {
            Path folder = Files.createTempDirectory("kwm-sinkhole");
            Path base = Path.of(System.getProperty("kwm.home", "../.."), "lab-configs", "kwangmyong")
                    .toAbsolutePath()
                    .normalize();
            Files.writeString(folder.resolve("lab.yaml"), """
                    extends: %s
                    lab: {name: sinkhole}
                    denials: {dns: {sinkhole: 10.76.0.9}, http: 451, mail: "550 5.7.1"}
                    """.formatted(base));
            return folder;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void leadsADeniedNameToTheBlockPage() throws Exception {
        String names = garden.run("dig", "-b", ACADEMIC, "@127.76.0.1", "-p", garden.port(53), "dailynk.com")
                .output();
        assertThat(names)
                .contains("EDE: 4 (Forged Answer): (world)")
                .containsPattern("dailynk\\.com\\.\\s+5\\s+IN\\s+A\\s+10\\.76\\.0\\.9");
        String page = "http://127.76.0.9:" + garden.port(80) + "/anything";
        assertThat(garden.run("curl", "-s", "-i", "--interface", ACADEMIC, "-H", "Host: dailynk.com", page)
                        .output())
                .startsWith("HTTP/1.1 451 Unavailable For Legal Reasons")
                .contains("rel=\"blocked-by\"", "Rule world");
        String secure = "dailynk.com:443:127.76.0.9:" + garden.port(443);
        assertThat(garden.run("curl", "-s", "--interface", ACADEMIC, "--connect-to", secure, "https://dailynk.com/")
                        .status())
                .as("the certificate is another name's")
                .isEqualTo(60);
        assertThat(garden.kwm("events", "--lab", LAB, "--where", "action=fetch").output())
                .contains("dailynk.com", "world");
    }
}
