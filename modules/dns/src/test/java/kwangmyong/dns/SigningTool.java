package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** BIND's dnssec-signzone, signing as the name says. */
enum SigningTool {
    NSEC(),
    NSEC3("-3", "-"),
    NSEC3_SALTED("-3", "aabbccdd", "-H", "5"),
    NSEC3_OPT_OUT("-3", "-", "-A");

    private static final Path KEYGEN = Path.of("/usr/bin/dnssec-keygen");
    private static final Path SIGNZONE = Path.of("/usr/bin/dnssec-signzone");

    @SuppressWarnings("ImmutableEnumChecker") // a list of literals
    private final List<String> options;

    SigningTool(String... options) {
        this.options = List.of(options);
    }

    void assumePresent() {
        assumeThat(KEYGEN).exists();
        assumeThat(SIGNZONE).exists();
    }

    /** The zones signed, each with a key of its own; parents vouch for none of their children. */
    Map<String, String> sign(Map<String, String> zones, Path folder) throws IOException, InterruptedException {
        Map<String, String> signed = new LinkedHashMap<>();
        for (Map.Entry<String, String> zone : zones.entrySet()) {
            Path keys = Files.createDirectory(folder.resolve("keys-" + zone.getKey()));
            run(List.of(
                    KEYGEN.toString(),
                    "-q",
                    "-K",
                    keys.toString(),
                    "-a",
                    "ECDSAP256SHA256",
                    "-f",
                    "KSK",
                    zone.getKey()));
            Path plain = Files.writeString(folder.resolve(zone.getKey() + ".plain"), zone.getValue());
            Path out = folder.resolve(zone.getKey() + ".signed");
            List<String> command = new ArrayList<>(
                    List.of(SIGNZONE.toString(), "-q", "-P", "-S", "-z", "-K", keys.toString(), "-d", keys.toString()));
            command.addAll(options);
            command.addAll(List.of("-o", zone.getKey(), "-f", out.toString(), plain.toString()));
            run(command);
            signed.put(zone.getKey(), Files.readString(out));
        }
        return signed;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + "\n" + output).isZero();
    }
}
