package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One controller, two name servers, two gateways, mail and sites, each a process of its own; dig and curl ask them. */
final class ServeIT {
    private static final List<Served> SERVED = List.of(
            new Served("dns", "dns-1", "10.76.0.61"),
            new Served("dns", "dns-2", "10.76.0.62"),
            new Served("gateway", "gateway-1", "10.76.0.63"),
            new Served("gateway", "gateway-2", "10.76.0.64"));

    /** How much longer than for some questions the controller is away: {@code -Dkwm.away=60s}. */
    private static final Duration AWAY = Duration.parse("PT" + System.getProperty("kwm.away", "0s"));

    private final int offset = GardenExtension.freeOffset();
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path folder;

    private record Served(String part, String process, String listen) {
        String socket() {
            return listen.replaceFirst("^10", "127");
        }
    }

    private Outcome kwm(String... arguments) throws IOException, InterruptedException {
        return GardenExtension.run(folder.resolve("state"), GardenExtension.command(arguments));
    }

    private Outcome done(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = kwm(arguments);
        assertThat(outcome.status()).as(outcome.output()).isZero();
        return outcome;
    }

    private String lab() {
        return folder.resolve("lab").toString();
    }

    private void writeLab(String more) throws IOException {
        Path home = Path.of(System.getProperty("kwm.home", "../.."))
                .toAbsolutePath()
                .normalize();
        Files.createDirectories(folder.resolve("lab"));
        Files.writeString(
                folder.resolve("lab/lab.yaml"),
                "extends: " + home.resolve("lab-configs/kwangmyong") + "\nlab: {name: served}\n"
                        + "controller: {listen: 10.76.0.1}\n" + more);
    }

    private void up() throws IOException, InterruptedException {
        done("up", lab(), "--detach", "--offset", Integer.toString(offset), "--only", "portal,console");
    }

    private void serve(Served served) throws IOException, InterruptedException {
        Path pass = folder.resolve("pass-" + served.process());
        done("credentials", "--lab", lab(), served.process(), pass.toString());
        Path output = folder.resolve(served.process() + ".out");
        List<String> words = new ArrayList<>(List.of(
                "serve",
                served.part(),
                lab(),
                "--controller",
                "tls://127.76.0.1:" + (17_600 + offset),
                "--credentials",
                pass.toString(),
                "--offset",
                Integer.toString(offset)));
        if (!served.listen().isEmpty()) { // sites are at addresses of their own
            words.addAll(List.of("--listen", served.listen()));
        }
        var builder = new ProcessBuilder(GardenExtension.command(words.toArray(String[]::new)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .put("KWM_STATE", folder.resolve("state-" + served.process()).toString());
        Process process = builder.start();
        processes.add(process);
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(Files.readString(output))
                        .as("%s, which lives: %s", served.process(), process.isAlive())
                        .contains("ready\n"));
    }

    @AfterEach
    void stop() throws Exception {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        for (Process process : processes) {
            process.waitFor(20, TimeUnit.SECONDS);
        }
        kwm("down", lab());
    }

    /** What a name server says of a name at a terminal. */
    private String dig(Served dns, String terminal, String name) {
        return run(
                "dig",
                "+tries=1",
                "+time=2",
                "-b",
                terminal,
                "@" + dns.socket(),
                "-p",
                Integer.toString(10_053 + offset),
                name);
    }

    /** The status of a page by way of a gateway. */
    private String curl(Served gateway, String terminal, String url) {
        return run(
                "curl",
                "-s",
                "-o",
                "/dev/null",
                "-w",
                "%{http_code}",
                "--max-time",
                "5",
                "--interface",
                terminal,
                "-x",
                "http://" + gateway.socket() + ":" + (13_128 + offset),
                url);
    }

    private String run(String... command) {
        try {
            return GardenExtension.run(folder.resolve("state"), List.of(command))
                    .output();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** The name resolves, or the page is let through, at every one of them. */
    private boolean isOpen(Served served, String terminal, String host) {
        return served.part().equals("dns")
                ? dig(served, terminal, host).contains("status: NOERROR")
                : curl(served, terminal, "http://" + host + "/").matches("200|502|504");
    }

    private void agree(String what, String terminal, String host, boolean open) {
        long begun = System.nanoTime();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> SERVED.stream().allMatch(each -> isOpen(each, terminal, host) == open));
        System.out.println(what + ": in force everywhere after at most " + (System.nanoTime() - begun) / 1_000_000
                + " ms, asking included");
    }

    @Test
    void allFollowOneControllerAndGoOnWhileItIsKilledUnderLoad() throws Exception {
        writeLab("");
        up();
        for (Served served : SERVED) {
            serve(served);
        }
        agree("at first", "127.76.60.11", "dailynk.com", false);
        done("login", "--lab", lab(), "delegate", "10.76.60.11");
        done("grant", "--lab", lab(), "delegate", "world", "--for", "2h", "--reason", "대표단");
        agree("a grant", "127.76.60.11", "dailynk.com", true);
        done("logout", "--lab", lab(), "10.76.60.11");
        agree("a log-out", "127.76.60.11", "dailynk.com", false);
        writeLab("rules:\n  - {id: no-kcna, deny: [.kcna.kp]}\n");
        agree("before a reload", "127.76.20.11", "kcna.kp", true);
        done("reload", "--lab", lab());
        agree("a reload", "127.76.20.11", "kcna.kp", false);
        done("login", "--lab", lab(), "delegate", "10.76.60.11");
        agree("a log-in", "127.76.60.11", "dailynk.com", true);

        var over = new AtomicBoolean();
        var answered = new AtomicInteger();
        var wrong = new AtomicReference<>("");
        var load = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                for (Served each : SERVED) {
                    if (isOpen(each, "127.76.60.11", "dailynk.com") && !isOpen(each, "127.76.20.11", "kcna.kp")) {
                        answered.incrementAndGet();
                    } else {
                        wrong.set(each.process() + " after " + answered);
                    }
                }
            }
        });
        answeredAtLeast(8, answered, load, wrong);
        kill();
        int before = answered.get();
        answeredAtLeast(before + 40, answered, load, wrong);
        long since = System.nanoTime();
        await().atMost(AWAY.plusMinutes(1))
                .until(() -> !"".equals(wrong.get()) || System.nanoTime() - since >= AWAY.toNanos());
        System.out.println("the controller away: " + (answered.get() - before) + " questions answered as before");
        up();
        int after = answered.get();
        answeredAtLeast(after + 8, answered, load, wrong);
        over.set(true);
        load.join();
        assertThat(wrong.get()).isEmpty();

        assertThat(done("sessions", "--lab", lab()).output()).contains("10.76.60.11");
        assertThat(done("grants", "--lab", lab()).output()).contains("대표단");
        done("logout", "--lab", lab(), "10.76.60.11");
        agree("a log-out after the kill", "127.76.60.11", "dailynk.com", false);
        sameLines();
        done("verify", "--lab", lab());
    }

    private static void answeredAtLeast(
            int enough, AtomicInteger answered, CompletableFuture<Void> load, AtomicReference<String> wrong) {
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(answered.get())
                        .as("%s; the latest wrong one: %s", load, wrong)
                        .isGreaterThanOrEqualTo(enough));
    }

    private void kill() throws Exception {
        String pid = Files.readAllLines(folder.resolve("state/run/lab.properties")).stream()
                .filter(line -> line.startsWith("pid="))
                .findFirst()
                .orElseThrow()
                .substring(4);
        ProcessHandle lab = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        lab.destroyForcibly();
        lab.onExit().get(20, TimeUnit.SECONDS);
    }

    /** What each service wrote is what the controller has of it: every line, once. */
    private void sameLines() {
        for (Served served : SERVED) {
            Path own = folder.resolve("state-" + served.process() + "/journal/journal.jsonl");
            Path copy = folder.resolve("state/journal/" + served.process() + "/journal.jsonl");
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                List<String> lines = Files.readAllLines(own);
                assertThat(lines).isNotEmpty();
                assertThat(Files.readAllLines(copy)).isEqualTo(lines);
                System.out.println(served.process() + ": " + lines.size() + " lines, none lost, none doubled");
            });
        }
    }

    @Test
    void mailAndSitesFollowTheControllerToo() throws Exception {
        writeLab("");
        up();
        var mail = new Served("mail", "mail-1", "10.76.0.65");
        Served gateway = SERVED.get(2);
        serve(gateway);
        serve(mail);
        serve(new Served("sites", "sites-1", ""));

        assertThat(curl(gateway, "127.76.20.11", "http://namsan.aca.kp/"))
                .as("a gateway and a site of two processes, which know each other's word")
                .isEqualTo("200");
        assertThat(run(submitting(mail, "academic", "trader"))).isEmpty();
        assertThat(run(reading(mail, "127.76.30.11", "trader"))).contains("a word from another process");
        assertThat(done("events", "--lab", lab(), "--where", "process=mail-1").output())
                .contains("send      allow  trader@silibank.net.kp");

        done("lock", "--lab", lab(), "trader", "--reason", "a test");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> run(reading(mail, "127.76.30.11", "trader")).isEmpty());
        done("unlock", "--lab", lab(), "trader");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> run(reading(mail, "127.76.30.11", "trader")).contains("another process"));
    }

    private String[] submitting(Served mail, String from, String to) throws IOException {
        Path letter = folder.resolve("letter");
        Files.writeString(letter, "Subject: hello\r\n\r\na word from another process\r\n");
        return asking(
                "127.76.20.11",
                from,
                "smtp://" + mail.socket() + ":" + (10_587 + offset),
                "--mail-from",
                from + "@silibank.net.kp",
                "--mail-rcpt",
                to + "@silibank.net.kp",
                "--upload-file",
                letter.toString());
    }

    private String[] reading(Served mail, String terminal, String subject) {
        return asking(terminal, subject, "pop3s://" + mail.socket() + ":" + (10_995 + offset) + "/1");
    }

    private static String[] asking(String terminal, String subject, String url, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "curl",
                "-s",
                "-k",
                "--ssl-reqd",
                "--max-time",
                "20",
                "--interface",
                terminal,
                "-u",
                subject + ":" + subject + "-demo",
                "--url",
                url));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @Test
    void aServiceThatIsToCloseDeniesEverythingWhileItsControllerIsAway() throws Exception {
        writeLab("");
        Path yaml = folder.resolve("lab/lab.yaml");
        Files.writeString(
                yaml, Files.readString(yaml).replace("{listen: 10.76.0.1}", "{listen: 10.76.0.1, when_away: closed}"));
        up();
        Served dns = SERVED.get(0);
        serve(dns);
        assertThat(isOpen(dns, "127.76.20.11", "kcna.kp")).isTrue();

        kill();
        await().atMost(Duration.ofSeconds(20)).until(() -> !isOpen(dns, "127.76.20.11", "kcna.kp"));
        up();
        await().atMost(Duration.ofSeconds(20)).until(() -> isOpen(dns, "127.76.20.11", "kcna.kp"));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> done(
                                "events", "--lab", lab(), "--where", "process=dns-1", "--where", "code=controller-away")
                        .output()
                        .contains("kcna.kp"));
    }

    @Test
    void whatItCannotUseIsSaid() throws Exception {
        writeLab("");
        Outcome nobody = kwm("serve", "dns", lab(), "--controller", "127.76.0.1:1", "--credentials", folder.toString());
        assertThat(nobody.status()).isEqualTo(2);
        assertThat(nobody.output()).contains("no credentials");
        assertThat(kwm("serve", "dns", lab(), "--controller", "here", "--credentials", "x")
                        .status())
                .isEqualTo(2);
        assertThat(kwm(
                                "credentials",
                                "--lab",
                                lab(),
                                "No Name",
                                folder.resolve("x").toString())
                        .status())
                .isEqualTo(2);
        Outcome only = kwm("up", lab(), "--only", "dms");
        assertThat(only.status()).isEqualTo(2);
        assertThat(only.output()).contains("--only: dms (expected: some of console, dns");
        done("credentials", "--lab", lab(), "dns-1", folder.resolve("pass").toString());
        Outcome away = GardenExtension.run(
                folder.resolve("alone"),
                GardenExtension.command(
                        "serve",
                        "dns",
                        lab(),
                        "--controller",
                        "127.76.0.1:1",
                        "--credentials",
                        folder.resolve("pass").toString()));
        assertThat(away.status()).isEqualTo(3);
        assertThat(away.output()).contains("does not answer");
    }
}
