package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kwangmyong.lab.GardenExtension.Outcome;
import kwangmyong.lab.backup.Backup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup taken from a lab that runs, and the lab as it is afterwards from it. */
final class BackupIT {
    private final String offset = Integer.toString(GardenExtension.freeOffset());

    @TempDir
    private Path folder;

    private Outcome kwm(String... arguments) throws IOException, InterruptedException {
        return GardenExtension.run(folder.resolve("state"), GardenExtension.command(arguments));
    }

    private Outcome done(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = kwm(arguments);
        assertThat(outcome.status()).as(outcome.output()).isZero();
        return outcome;
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        kwm("down");
    }

    @Test
    void whatWasSoAtTheBackupIsSoAgainAndWhatCameAfterwardsIsNot() throws Exception {
        String file = folder.resolve("monday.kwm").toString();
        done("up", "--detach", "--offset", offset);
        done("grant", "delegate", "world", "--for", "2h", "--reason", "대표단");
        done("login", "resident", "10.76.10.11");
        done("logout", "10.76.20.11");
        done("backup", file);
        done("grant", "trader", "library", "--for", "2h", "--reason", "too late");
        done("logout", "10.76.10.11");

        Outcome running = kwm("restore", file, "--force");
        assertThat(running.status()).isEqualTo(2);
        assertThat(running.output()).contains("is running");
        done("down");
        Outcome there = kwm("restore", file);
        assertThat(there.status()).isEqualTo(2);
        assertThat(there.output()).contains("holds a state already");
        assertThat(done("restore", file, "--force").output()).contains("what was there is in");

        done("up", "--detach", "--offset", offset);
        assertThat(done("grants").output()).contains("대표단").doesNotContain("too late");
        assertThat(done("sessions").output()).contains("10.76.10.11").doesNotContain("10.76.20.11");
        done("verify");
        assertThat(done("events", "--last", "100").output()).contains("log-out").doesNotContain("too late");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("state/keys/garden.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsNoBackupOfOursIsRefusedAndChangesNothing() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "no backup");
        Path outside = zip("slipping", "kwm backup 1\n", "../outside");
        Path newer = zip("newer", "kwm backup 2\n", "keys/journal.key");
        Path damaged = zip("damaged", "kwm backup 1\n", "keys/journal.key");
        byte[] bytes = Files.readAllBytes(damaged);
        Files.write(damaged, java.util.Arrays.copyOf(bytes, bytes.length / 2));

        for (Path file : List.of(text, outside, newer, damaged)) {
            Outcome refused = kwm("restore", file.toString());
            assertThat(refused.status()).as("%s: %s", file, refused.output()).isEqualTo(2);
        }
        assertThat(kwm("restore", newer.toString()).output()).contains("does not know");
        assertThat(folder.resolve("state")).doesNotExist();
        assertThat(folder.resolve("outside")).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.restoring*");
    }

    private Path zip(String name, String about, String entry) throws IOException {
        Path file = folder.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (List<String> each :
                    List.of(List.of(Backup.ABOUT, about), List.of(Backup.STORE, ""), List.of(entry, "x"))) {
                zip.putNextEntry(new ZipEntry(each.get(0)));
                zip.write(each.get(1).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }
}
