package kwangmyong.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A terminal, a transparent gateway and a site in namespaces of a test's own, with a firewall between them whose rules are those of docs/gateway.md. */
final class CaughtNetwork implements AutoCloseable {
    private static final String OFF = "";

    private final Path folder;
    private final Namespaces net;
    private final Process gateway;
    private String loaded = OFF;

    /**
     * Laid out, and the gateway ready.
     *
     * @param folder for the authorities and the rules; the test's own
     */
    CaughtNetwork(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.net = new Namespaces();
        this.gateway = net.start(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                CaughtHost.class.getName(),
                folder.toString()));
        BufferedReader said = gateway.inputReader();
        List<String> lines = new ArrayList<>();
        String line;
        while ((line = said.readLine()) != null && !line.equals("ready")) {
            lines.add(line);
        }
        assertThat(line).as(String.join("\n", lines)).isEqualTo("ready");
    }

    /** The rules that the documentation shows under a heading of that name, on the interface of this network. */
    void firewall(String how) throws IOException, InterruptedException {
        if (loaded.equals(how)) {
            return;
        }
        Path docs = Path.of(System.getProperty("kwm.docs", "../../docs"), "gateway.md");
        String page = Files.readString(docs);
        int from = page.indexOf("```nft " + how + "\n");
        assertThat(from).as("rules for %s in %s", how, docs).isNotNegative();
        String rules = page.substring(page.indexOf('\n', from) + 1, page.indexOf("```", from + 3));
        Path file = folder.resolve(how + ".nft");
        Files.writeString(file, "flush ruleset\n" + rules.replace("terminals", "g0"));
        net.firewall(file);
        loaded = how;
    }

    Namespaces.Said atTerminal(String... command) throws IOException, InterruptedException {
        return net.atTerminal(command);
    }

    @Override
    public void close() throws IOException {
        gateway.destroyForcibly();
        net.close();
    }
}
