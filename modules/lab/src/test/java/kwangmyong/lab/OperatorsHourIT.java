package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import kwangmyong.lab.GardenExtension.Outcome;
import kwangmyong.lab.OperatorsHour.Step;
import kwangmyong.lab.command.OperatorCommands;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * An operator's hour of more than 60 commands, three times from the same beginning: each by a connection of OpenSSH's, all in one session on a terminal, and
 * each by curl at the API. What comes back is the same.
 */
class OperatorsHourIT {
    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]|\u001b[=>]|\r");

    @RegisterExtension
    static final GardenExtension TYPED = new GardenExtension();

    @RegisterExtension
    static final GardenExtension SESSION = new GardenExtension();

    @RegisterExtension
    static final GardenExtension ASKED = new GardenExtension();

    @TempDir
    static Path folder;

    private static List<Step> steps = List.of();

    @BeforeAll
    static void begin() throws Exception {
        steps = OperatorsHour.steps();
        assertThat(steps).hasSizeGreaterThanOrEqualTo(60);
        for (GardenExtension garden : List.of(TYPED, SESSION, ASKED)) {
            // something to see: one denial at the gateway
            garden.run(
                    "curl",
                    "-s",
                    "-o",
                    "/dev/null",
                    "--interface",
                    "127.76.20.11",
                    "-x",
                    "http://127.76.0.1:" + garden.port(3128),
                    "http://dailynk.com/");
        }
    }

    @Test
    void theSameHourComesToTheSameByEachWay() throws Exception {
        List<String> typed = typed();
        List<String> session = inOneSession();
        List<String> asked = asked();
        assertThat(differing(typed, asked)).as("by console and by API").isEmpty();
        assertThat(differing(typed, session))
                .as("by themselves and in one session")
                .isEmpty();
        assertThat(typed.stream().filter(result -> result.startsWith("refused")))
                .hasSizeBetween(5, 20);
    }

    /** All but the screen that is drawn of what sessions and events give. */
    @Test
    void everyCommandOfTheConsoleHasItsEndpointAndNoEndpointAnother() throws Exception {
        Outcome described = ASKED.run("curl", "-sS", "http://127.76.0.1:" + ASKED.port(80) + "/api/v1/openapi.json");
        Set<String> commands = new TreeSet<>(Set.of("live"));
        OperatorsHour.JSON
                .readTree(described.output())
                .get("paths")
                .forEach(path -> path.forEach(operation -> {
                    if (operation.has("x-command")) {
                        commands.add(operation.get("x-command").stringValue());
                    }
                }));
        assertThat(commands).isEqualTo(new TreeSet<>(OperatorCommands.NAMES));
    }

    private static List<String> differing(List<String> one, List<String> other) {
        assertThat(other).hasSameSizeAs(one);
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (!one.get(i).equals(other.get(i))) {
                differing.add(steps.get(i).console() + "\n  " + one.get(i) + "\n  " + other.get(i) + "\n");
            }
        }
        return differing;
    }

    /** Each command by a channel of its own, {@code ssh … command}. */
    private static List<String> typed() throws Exception {
        Map<String, String> kept = new TreeMap<>();
        ssh(TYPED, "token --scopes admin --for 12h --note hour");
        List<String> results = new ArrayList<>();
        for (Step step : steps) {
            Outcome outcome = ssh(TYPED, OperatorsHour.filled(step.console(), kept) + " --json");
            results.add(result(step, outcome.output(), kept));
        }
        return results;
    }

    private static Outcome ssh(GardenExtension garden, String command) throws Exception {
        List<String> line =
                new ArrayList<>(List.of("env", "SSH_ASKPASS=" + askPass(), "SSH_ASKPASS_REQUIRE=force", "ssh"));
        line.addAll(options(garden));
        line.addAll(List.of("operator@127.76.0.1", command));
        return GardenExtension.run(folder, line);
    }

    private static List<String> options(GardenExtension garden) {
        return List.of(
                "-p", garden.port(22),
                "-o", "StrictHostKeyChecking=no",
                "-o", "UserKnownHostsFile=" + folder.resolve("known"),
                "-o", "PubkeyAuthentication=no",
                "-o", "LogLevel=ERROR",
                "-o", "ControlMaster=auto",
                "-o", "ControlPath=" + folder.resolve("c"),
                "-o", "ControlPersist=30");
    }

    private static Path askPass() throws IOException {
        Path askPass = folder.resolve("askpass");
        if (!Files.exists(askPass)) {
            Files.writeString(askPass, "#!/bin/sh\necho operator-demo\n");
            assertThat(askPass.toFile().setExecutable(true)).isTrue();
        }
        return askPass;
    }

    /** All of them in one session on a terminal; each command waits for the prompt before it. */
    private static List<String> inOneSession() throws Exception {
        var builder = new ProcessBuilder(
                "env",
                "SSH_ASKPASS=" + askPass(),
                "SSH_ASKPASS_REQUIRE=force",
                "TERM=dumb",
                "ssh",
                "-tt",
                "-p",
                SESSION.port(22),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=" + folder.resolve("known-session"),
                "-o",
                "PubkeyAuthentication=no",
                "-o",
                "LogLevel=ERROR",
                "operator@127.76.0.1");
        Process ssh = builder.redirectErrorStream(true).start();
        try (var terminal = new Typist(ssh, "kwangmyong> ")) {
            Map<String, String> kept = new TreeMap<>();
            terminal.said();
            terminal.type("token --scopes admin --for 12h --note hour");
            List<String> results = new ArrayList<>();
            for (Step step : steps) {
                String said = terminal.type(OperatorsHour.filled(step.console(), kept) + " --json --no-pager");
                List<String> lines =
                        ESCAPES.matcher(said).replaceAll("").lines().toList();
                results.add(result(step, String.join("\n", lines.subList(1, lines.size())), kept));
            }
            return results;
        }
    }

    private static List<String> asked() throws Exception {
        String base = "http://127.76.0.1:" + ASKED.port(80) + "/api/v1";
        Outcome made = ASKED.run(
                "curl",
                "-sS",
                "-u",
                "operator:operator-demo",
                "-H",
                "Content-Type: application/json",
                "-d",
                "{\"scopes\":[\"admin\"],\"lasting\":\"PT12H\",\"note\":\"hour\"}",
                base + "/tokens");
        String token = OperatorsHour.JSON.readTree(made.output()).get("token").stringValue();
        Map<String, String> kept = new TreeMap<>();
        List<String> results = new ArrayList<>();
        for (Step step : steps) {
            List<String> curl = new ArrayList<>(
                    List.of("curl", "-sS", "-H", "Authorization: Bearer " + token, "-X", step.method()));
            if (!step.body().isEmpty()) {
                curl.addAll(List.of("-H", "Content-Type: application/json", "-d", step.body()));
            }
            curl.add(base + OperatorsHour.filled(step.path(), kept));
            results.add(result(step, ASKED.run(curl.toArray(String[]::new)).output(), kept));
        }
        return results;
    }

    /** What is the same whatever the moment, the ports and the chance of identifiers. */
    private static String result(Step step, String output, Map<String, String> kept) {
        String text = output.strip();
        boolean isJson = text.startsWith("{") || text.startsWith("[") || text.isEmpty();
        if (!isJson) {
            return "refused: "
                    + OperatorsHour.lasting(text.lines()
                            .filter(line -> !line.startsWith("See: "))
                            .findFirst()
                            .orElse(""));
        }
        JsonNode node = OperatorsHour.json(text, step.console().startsWith("events"));
        if (node.has("title") && node.has("detail")) {
            return "refused: "
                    + OperatorsHour.lasting(
                            node.get("detail").stringValue().lines().findFirst().orElse(""));
        }
        step.keep().forEach((name, path) -> kept.put(name, OperatorsHour.member(node, path)));
        return OperatorsHour.lasting(node).toString();
    }

    /** Types at a terminal and reads what comes until the prompt. */
    private static final class Typist implements AutoCloseable {
        private final Process program;
        private final String prompt;

        private Typist(Process program, String prompt) {
            this.program = program;
            this.prompt = prompt;
        }

        private String type(String line) throws IOException {
            program.getOutputStream().write((line + "\r").getBytes(StandardCharsets.UTF_8));
            program.getOutputStream().flush();
            return said();
        }

        private String said() throws IOException {
            var said = new ByteArrayOutputStream();
            int octet;
            while ((octet = program.getInputStream().read()) >= 0) {
                said.write(octet);
                if (octet == ' ') {
                    String text = said.toString(StandardCharsets.UTF_8);
                    if (ESCAPES.matcher(text).replaceAll("").endsWith(prompt)) {
                        return text.substring(0, text.lastIndexOf(prompt));
                    }
                }
            }
            throw new IOException("the session ended: " + said.toString(StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            program.getOutputStream().write("exit\r".getBytes(StandardCharsets.UTF_8));
            program.getOutputStream().flush();
            program.destroy();
        }
    }
}
