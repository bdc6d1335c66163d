package kwangmyong.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A terminal and a gateway in network namespaces of a test's own, joined by a cable; nothing leads out. Behind the gateway, on its loopback
 * interface, are the addresses of a site. Needs root.
 */
final class Namespaces implements AutoCloseable {
    static final String TERMINAL = "10.76.20.11";
    static final String SITE = "10.80.0.1";
    static final String SITE_V6 = "fd00:80::1";
    static final String OWN = "10.76.0.1";
    static final String OWN_V6 = "fd00:76::1";
    private static final int PATIENCE_SECONDS = 90;

    private final String suffix = Long.toString(ProcessHandle.current().pid());
    private final String terminal = "kwmt" + suffix;
    private final String gateway = "kwmg" + suffix;

    /** What a program said, both streams together, and its exit status. */
    record Said(int status, String text) {}

    Namespaces() throws IOException, InterruptedException {
        boolean done = false;
        try {
            lay();
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** Whether this machine has what it takes. */
    static boolean areAvailable() throws InterruptedException {
        return "root".equals(System.getProperty("user.name"))
                && answers("nft", "--version")
                && answers("ip", "-V")
                && answers("curl", "--version");
    }

    private static boolean answers(String... command) throws InterruptedException {
        try {
            return run(List.of(command)).status() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private void lay() throws IOException, InterruptedException {
        must("ip", "netns", "add", terminal);
        must("ip", "netns", "add", gateway);
        must("ip", "link", "add", "g0", "netns", gateway, "type", "veth", "peer", "name", "t0", "netns", terminal);
        for (String namespace : List.of(terminal, gateway)) {
            must("ip", "-n", namespace, "link", "set", "lo", "up");
            must("ip", "-n", namespace, "link", "set", namespace.equals(terminal) ? "t0" : "g0", "up");
        }
        must("ip", "-n", terminal, "addr", "add", TERMINAL + "/24", "dev", "t0");
        must("ip", "-n", terminal, "addr", "add", "fd00:76:20::11/64", "dev", "t0", "nodad");
        must("ip", "-n", gateway, "addr", "add", "10.76.20.1/24", "dev", "g0");
        must("ip", "-n", gateway, "addr", "add", "fd00:76:20::1/64", "dev", "g0", "nodad");
        for (String address : List.of(OWN + "/32", SITE + "/32", OWN_V6 + "/128", SITE_V6 + "/128")) {
            must("ip", "-n", gateway, "addr", "add", address, "dev", "lo");
        }
        must("ip", "-n", terminal, "route", "add", "default", "via", "10.76.20.1");
        must("ip", "-n", terminal, "-6", "route", "add", "default", "via", "fd00:76:20::1");
        for (String family : List.of("-4", "-6")) {
            must("ip", "-n", gateway, family, "rule", "add", "fwmark", "1", "lookup", "100");
            must("ip", "-n", gateway, family, "route", "add", "local", "default", "dev", "lo", "table", "100");
        }
    }

    /** Loads rules of nftables at the gateway. */
    void firewall(Path rules) throws IOException, InterruptedException {
        Said said = atGateway("nft", "-f", rules.toString());
        if (said.status() != 0) {
            throw new IOException("nft: " + said.text());
        }
    }

    Said atTerminal(String... command) throws IOException, InterruptedException {
        return run(inside(terminal, command));
    }

    Said atGateway(String... command) throws IOException, InterruptedException {
        return run(inside(gateway, command));
    }

    /** Starts a program at the gateway, for the caller to end. */
    Process start(List<String> command) throws IOException {
        return new ProcessBuilder(inside(gateway, command.toArray(String[]::new)))
                .redirectErrorStream(true)
                .start();
    }

    private static List<String> inside(String namespace, String... command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(List.of(command));
        return whole;
    }

    private static void must(String... command) throws IOException, InterruptedException {
        Said said = run(List.of(command));
        if (said.status() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.text());
        }
    }

    private static Said run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("kwm-said", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("no end in sight: " + String.join(" ", command));
            }
            return new Said(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (String namespace : List.of(terminal, gateway)) {
                run(List.of("ip", "netns", "del", namespace));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
