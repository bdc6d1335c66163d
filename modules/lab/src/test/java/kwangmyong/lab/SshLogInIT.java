package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Subjects log their terminals in with OpenSSH, by key and by password, and are logged in for as long as the connection lives. */
class SshLogInIT {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Path KEYS = keys();

    @RegisterExtension
    static final IsolatedGarden lab = IsolatedGarden.of(lab());

    private static final String AT_THE_CAFE = "resident";

    private static final String SSH = """
            cd "$(mktemp -d)"
            umask 077
            echo %s | base64 -d >key
            trusting='-o StrictHostKeyChecking=no -o UserKnownHostsFile=known -o LogLevel=ERROR'
            aloud='-o LogLevel=INFO'
            by_key="$trusting -o BatchMode=yes -i key"
            printf '#!/bin/sh\\necho "$PASSWORD"\\n' >askpass
            chmod +x askpass
            export SSH_ASKPASS=$PWD/askpass SSH_ASKPASS_REQUIRE=force
            by_password="$trusting -o PubkeyAuthentication=no -o NumberOfPasswordPrompts=1"
            """;

    private static Path keys() {
        try {
            Path folder = Files.createTempDirectory("kwm-ssh-keys");
            new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "at-home", "-f", folder + "/key")
                    .start()
                    .waitFor();
            return folder;
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** The default lab with a key of the resident's, and half an hour in the café. */
    private static Path lab() {
        try {
            Path folder = Files.createTempDirectory("kwm-ssh");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path usual = Path.of(System.getProperty("kwm.home", "../.."), "lab-configs", "kwangmyong")
                    .toAbsolutePath()
                    .normalize();
            Files.writeString(
                    folder.resolve("lab.yaml"),
                    "extends: " + usual
                            + """

                    lab: {name: ssh}
                    attachments:
                      cafe: {minutes: 30}
                    subjects:
                      resident:
                        keys: ["%s"]
                    """.formatted(Files.readString(KEYS.resolve("key.pub"))
                                    .strip()));
            return folder;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private static Outcome at(String subject, String script) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "no OpenSSH on this machine");
        String key = Base64.getEncoder().encodeToString(Files.readAllBytes(KEYS.resolve("key")));
        return lab.shellAt(subject, SSH.formatted(key) + script);
    }

    private static String journal(String... conditions) throws Exception {
        String[] all = new String[conditions.length * 2];
        for (int i = 0; i < conditions.length; i++) {
            all[2 * i] = "--where";
            all[2 * i + 1] = conditions[i];
        }
        return lab.kwm("events", all).output();
    }

    /** Lines that nobody waits for are there within 100 ms. */
    private static void written(String words, String... conditions) {
        await().atMost(WAIT).until(() -> journal(conditions).contains(words));
    }

    private static String sessions() throws Exception {
        return lab.kwm("sessions").output();
    }

    @Test
    void aKeyLogsTheTerminalInWhileTheConnectionLives() throws Exception {
        Outcome seen = at(AT_THE_CAFE, """
                page() { curl -s -o /dev/null -w '%{http_code}\\n' http://naenara.com.kp/; }
                page
                mkfifo typed
                ssh $by_key resident@portal.kp <typed >said &
                exec 3>typed
                echo status >&3
                until grep -q naenara said; do sleep 0.1; done
                page
                echo logout >&3
                wait
                page
                cat said
                """);
        assertThat(seen.output().lines().limit(3)).as(seen.output()).containsExactly("000", "200", "000");
        assertThat(seen.output())
                .contains("subject     resident")
                .contains("terminal    10.76.10.11 (cafe)")
                .contains("29 min left")
                .contains("US$8.19 an hour")
                .containsPattern("bill [0-9A-F]{8}: .*0 min, US\\$0.00");
        assertThat(sessions()).doesNotContain("resident");
        assertThat(journal("service=portal", "subject=resident"))
                .contains("log-in", "by ssh-key SHA256:", "log-out", "end=logged-out");
    }

    @Test
    void aPasswordDoesTooAndWrongOnesAreCounted() throws Exception {
        assertThat(at(AT_THE_CAFE, "PASSWORD=resident-demo ssh $by_password resident@portal.kp whoami"))
                .isEqualTo(new Outcome(0, "resident\n"));
        Outcome guessing = at(AT_THE_CAFE, """
                for i in 1 2 3 4 5 6 7 8 9 10; do PASSWORD=guess$i ssh $aloud $by_password delegate@portal.kp status 2>&1; done
                PASSWORD=delegate-demo ssh $aloud $by_password delegate@portal.kp status 2>&1
                """);
        assertThat(guessing.status()).isEqualTo(255);
        assertThat(guessing.output().lines().filter(line -> line.contains("Permission denied")))
                .hasSize(11);
        assertThat(guessing.output()).contains("too many failed attempts; try again later");
        written("by ssh-password", "code=too-many-attempts");
    }

    @Test
    void meetsTheObstaclesOfTheOneSessionModel() throws Exception {
        Outcome elsewhere = at("academic", "ssh $aloud $by_key resident@portal.kp status 2>&1");
        assertThat(elsewhere.status()).isEqualTo(255);
        assertThat(elsewhere.output()).contains("the terminal is somebody else's seat");
        written("by ssh-key", "code=seat-mismatch");

        assertThat(at("academic", "PASSWORD=academic-demo ssh $by_password academic@portal.kp logout"))
                .isEqualTo(new Outcome(0, "this terminal is your own seat, and stays yours\n"));
        assertThat(sessions()).contains("10.76.20.11");

        assertThat(lab.kwm("lock", "resident", "--reason", "a test").status()).isZero();
        assertThat(at(AT_THE_CAFE, "ssh $aloud $by_key resident@portal.kp status 2>&1")
                        .output())
                .contains("the account is locked");
        assertThat(lab.kwm("unlock", "resident").status()).isZero();
    }

    @Test
    void isCutOffWhenTheMinutesEnd() throws Exception {
        Process held = lab.start(
                "enter",
                AT_THE_CAFE,
                "--",
                "bash",
                "-c",
                SSH.formatted(Base64.getEncoder().encodeToString(Files.readAllBytes(KEYS.resolve("key"))))
                        + "ssh $aloud $by_key -N resident@portal.kp 2>&1");
        await().atMost(WAIT).until(() -> sessions().contains("resident"));
        assertThat(lab.kwm("clock", "--by", "31m").status()).isZero();
        String said = new String(held.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).contains("your session here has ended: used-up, 30 min, US$4.10");
        assertThat(held.waitFor()).isEqualTo(255);
        assertThat(sessions()).doesNotContain("resident");
    }

    @Test
    void twoConnectionsShareTheSessionAndTheLastEndsIt() throws Exception {
        Outcome seen = at(AT_THE_CAFE, """
                mkfifo typed
                ssh $by_key resident@portal.kp <typed >said &
                exec 3>typed
                echo whoami >&3
                until grep -q resident said; do sleep 0.1; done
                ssh $by_key resident@portal.kp whoami
                curl -s -o /dev/null -w '%{http_code}\\n' http://naenara.com.kp/
                exec 3>&-
                wait
                """);
        assertThat(seen).isEqualTo(new Outcome(0, "resident\n200\n"));
        await().atMost(WAIT).until(() -> !sessions().contains("resident"));
    }

    @Test
    void hasNoCommandNoFilesAndNothingForwarded() throws Exception {
        Outcome command = at(AT_THE_CAFE, "ssh $by_key resident@portal.kp grant resident world 2>&1");
        assertThat(command.status()).isEqualTo(2);
        assertThat(command.output()).contains("is none of your words");
        assertThat(at(AT_THE_CAFE, "echo ls | sftp $by_key resident@portal.kp 2>&1")
                        .status())
                .isNotZero();
        assertThat(at(
                                AT_THE_CAFE,
                                "ssh $by_key -o ExitOnForwardFailure=yes -R 9999:127.0.0.1:9 -N resident@portal.kp 2>&1")
                        .output())
                .contains("remote port forwarding failed");
        assertThat(at(AT_THE_CAFE, "ssh $aloud $by_key -W kcna.kp:80 resident@portal.kp 2>&1")
                        .output())
                .contains("administratively prohibited");
        for (String refused : List.of("command-refused", "file-refused", "connect to kcna.kp:80", "listen on ")) {
            written(refused, "service=console", "subject=resident");
        }
        assertThat(List.of(lab.kwm("grants").output().split("\n", -1))).noneMatch(line -> line.contains("resident"));
    }
}
