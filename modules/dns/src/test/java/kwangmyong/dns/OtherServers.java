package kwangmyong.dns;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** NSD and Knot as processes on loopback, each with what it keeps in a folder of the test's. They may not answer at once. */
final class OtherServers implements AutoCloseable {
    static final Path NSD = Path.of("/usr/sbin/nsd");
    static final Path KNOT = Path.of("/usr/sbin/knotd");

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    /** @param folder holds the zone files too, where a configuration names them without one */
    OtherServers(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts NSD.
     *
     * @param more of its configuration: keys and zones
     */
    InetSocketAddress nsd(String more) throws IOException {
        InetSocketAddress at = free();
        Path file = Files.writeString(
                folder.resolve("nsd.conf"), """
                server:
                 ip-address: 127.0.0.1@%d
                 username: ""
                 zonesdir: "%s"
                 pidfile: ""
                 database: ""
                 xfrdfile: "%s/xfrd.state"
                 xfrdir: "%s"
                 zonelistfile: "%s/zone.list"
                 logfile: "%s/nsd.log"
                 server-count: 1
                 rrl-ratelimit: 0
                 ipv4-edns-size: 1232
                remote-control:
                 control-enable: no
                %s""".formatted(at.getPort(), folder, folder, folder, folder, folder, more));
        run(NSD.toString(), "-d", "-c", file.toString());
        return at;
    }

    /**
     * Starts Knot.
     *
     * @param more of its configuration: keys, remotes and zones
     */
    InetSocketAddress knot(String more) throws IOException {
        InetSocketAddress at = free();
        Path file = Files.writeString(
                folder.resolve("knot.conf"), """
                server:
                    rundir: %s
                    listen: 127.0.0.1@%d
                    udp-workers: 1
                    tcp-workers: 1
                    background-workers: 1
                    udp-max-payload: 1232
                database:
                    storage: %s
                template:
                  - id: default
                    storage: %s
                    semantic-checks: off
                    zonefile-sync: -1
                    journal-content: none
                %s""".formatted(folder, at.getPort(), folder, folder, more));
        run(KNOT.toString(), "-c", file.toString());
        return at;
    }

    /** Starts any other program, whose output goes to a file in the folder. */
    void run(String... command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(Path.of(command[0]).getFileName() + ".out")
                        .toFile())
                .start());
    }

    /** The last of what each of them logged, for who wonders why one does not answer. */
    String said() throws IOException {
        StringBuilder said = new StringBuilder();
        for (String file : List.of("nsd.log", "nsd.out", "knotd.out")) {
            if (Files.exists(folder.resolve(file))) {
                List<String> lines = Files.readAllLines(folder.resolve(file));
                lines.subList(Math.max(0, lines.size() - 20), lines.size())
                        .forEach(line ->
                                said.append(file).append(": ").append(line).append('\n'));
            }
        }
        return said.toString();
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.destroy();
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A port of loopback that nobody has just now, of streams or of datagrams. */
    static InetSocketAddress free() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        while (true) {
            try (ServerSocket streams = new ServerSocket(0, 1, loopback);
                    DatagramSocket datagrams = new DatagramSocket(streams.getLocalPort(), loopback)) {
                return new InetSocketAddress(loopback, datagrams.getLocalPort());
            } catch (BindException taken) {
                // by somebody's datagrams: the next
            }
        }
    }
}
