package kwangmyong.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's host keys on disk. */
final class HostKeysTest {
    @TempDir
    private Path folder;

    @Test
    void keysAreTheSameAfterARestartAndOnlyTheOwnerReadsThem() throws Exception {
        List<KeyPair> made;
        try (HostKeys keys = HostKeys.in(folder)) {
            keys.addRsa();
            await().atMost(Duration.ofMinutes(1)).until(() -> all(keys).size() == 2);
            made = all(keys);
        }
        try (HostKeys again = HostKeys.in(folder)) {
            again.addRsa();
            await().atMost(Duration.ofMinutes(1)).until(() -> all(again).size() == 2);
            assertThat(all(again).stream().map(KeyPair::getPublic))
                    .isEqualTo(made.stream().map(KeyPair::getPublic).toList());
        }
        assertThat(files()).containsExactlyInAnyOrder("ssh_host_ed25519_key", "ssh_host_rsa_key");
        for (String file : files()) {
            assertThat(Files.getPosixFilePermissions(folder.resolve(file)))
                    .extracting(Enum::name)
                    .doesNotContain("GROUP_READ", "OTHERS_READ");
        }
    }

    /** A lab that goes down at once may have its folder deleted: nothing may be written there any more. */
    @Test
    void noKeyIsWrittenAfterTheEnd() throws Exception {
        HostKeys keys = HostKeys.in(folder);
        keys.close();
        keys.addRsa();
        await().atMost(Duration.ofMinutes(1)).until(() -> all(keys).size() == 2);
        assertThat(files()).containsExactly("ssh_host_ed25519_key");
    }

    private List<String> files() throws Exception {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static List<KeyPair> all(HostKeys keys) {
        List<KeyPair> all = new ArrayList<>();
        keys.loadKeys(null).forEach(all::add);
        return all;
    }
}
