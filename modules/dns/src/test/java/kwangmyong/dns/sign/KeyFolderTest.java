package kwangmyong.dns.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyFolderTest {
    private static final byte[] ZONE = {2, 'k', 'p', 0};

    @TempDir
    Path home;

    private Path folder() {
        return home.resolve("dnssec");
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void aKeyOutlivesTheProcess(Algorithm algorithm) throws IOException {
        ZoneKey made = new KeyFolder(folder()).key(ZONE, algorithm);
        ZoneKey read = new KeyFolder(folder()).key(ZONE, algorithm);
        assertThat(read.dnskey()).isEqualTo(made.dnskey());
        assertThat(read.secret()).isEqualTo(made.secret());
        assertThat(files(".key")).hasSize(1);
        assertThat(files(".private")).hasSize(1);
    }

    @Test
    void eachZoneAndAlgorithmHasItsOwn() throws IOException {
        KeyFolder keys = new KeyFolder(folder());
        keys.key(ZONE, Algorithm.ED25519);
        keys.key(ZONE, Algorithm.ECDSAP256SHA256);
        keys.key(new byte[] {1, 'a', 2, 'k', 'p', 0}, Algorithm.ED25519);
        assertThat(files(".private")).hasSize(3);
    }

    @Test
    void nobodyElseReadsIt() throws IOException {
        new KeyFolder(folder()).key(ZONE, Algorithm.ED25519);
        assertThat(Files.getPosixFilePermissions(folder())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        for (Path file : files("")) {
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void theFilesAreNamedAsBindNamesThem() throws IOException {
        ZoneKey key = new KeyFolder(folder()).key(ZONE, Algorithm.ECDSAP256SHA256);
        String stem = String.format("Kkp.+013+%05d", key.tag());
        assertThat(folder().resolve(stem + ".key")).content().contains("\nkp. IN DNSKEY 257 3 13 ");
        assertThat(folder().resolve(stem + ".private"))
                .content()
                .startsWith("Private-key-format: v1.3\nAlgorithm: 13 (ECDSAP256SHA256)\nPrivateKey: ");
    }

    @Test
    void aDamagedKeyIsNamed() throws IOException {
        new KeyFolder(folder()).key(ZONE, Algorithm.ED25519);
        Path secret = files(".private").get(0);
        Files.writeString(secret, "Private-key-format: v1.3\nAlgorithm: 15 (ED25519)\nPrivateKey: AAAA\n");
        assertThatThrownBy(() -> new KeyFolder(folder()).key(ZONE, Algorithm.ED25519))
                .isInstanceOf(IOException.class)
                .hasMessage(secret + " holds no key that can be read; restore it, or remove it and its other half");
    }

    @Test
    void halvesOfDifferentKeysAreRefused() throws IOException {
        new KeyFolder(folder()).key(ZONE, Algorithm.ECDSAP256SHA256);
        Path other = home.resolve("other");
        new KeyFolder(other).key(ZONE, Algorithm.ECDSAP256SHA256);
        Path secret = files(".private").get(0);
        try (Stream<Path> others = Files.list(other)) {
            Path foreign = others.filter(file -> file.toString().endsWith(".private"))
                    .findFirst()
                    .orElseThrow();
            Files.write(secret, Files.readAllBytes(foreign));
        }
        assertThatThrownBy(() -> new KeyFolder(folder()).key(ZONE, Algorithm.ECDSAP256SHA256))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not the public half of " + secret);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void aKeyThatAnotherToolMadeIsTaken(Algorithm algorithm) throws IOException {
        ZoneKey made = new KeyFolder(folder()).key(ZONE, algorithm);
        Path open = files(".key").get(0);
        List<String> lines = Files.readAllLines(open);
        Files.writeString(
                open,
                "; made by hand\n" + lines.get(1).replace(". IN", ". 3600 IN").replaceFirst("(.{20})$", " $1") + "\n");
        assertThat(new KeyFolder(folder()).key(ZONE, algorithm).dnskey()).isEqualTo(made.dnskey());
    }

    @Test
    void aSecretWithoutItsOtherHalfIsRefused() throws IOException {
        new KeyFolder(folder()).key(ZONE, Algorithm.ED25519);
        Files.delete(files(".key").get(0));
        assertThatThrownBy(() -> new KeyFolder(folder()).key(ZONE, Algorithm.ED25519))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("there is no ");
    }

    @Test
    void twoKeysForOneZoneAreRefused() throws IOException {
        new KeyFolder(folder()).key(ZONE, Algorithm.ED25519);
        Path secret = files(".private").get(0);
        Files.copy(secret, folder().resolve("Kkp.+015+00000.private"));
        assertThatThrownBy(() -> new KeyFolder(folder()).key(ZONE, Algorithm.ED25519))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("more than one key for the zone kp");
    }
}
