package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A program at a terminal of the isolated mode that was told to get past everything: what it tries, and that the machine, the world and other terminals see nothing of it. */
final class BypassIT {
    @RegisterExtension
    static final IsolatedGarden lab = IsolatedGarden.ofDefaultLab();

    @Test
    void whateverAProgramTriesNothingOfTheMachineIsReached() throws Exception {
        Path beside = Files.createTempDirectory(Path.of(System.getProperty("user.dir")), "socket");
        try (var tcp = ServerSocketChannel.open();
                var file = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            tcp.bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0)).configureBlocking(false);
            file.bind(UnixDomainSocketAddress.of(beside.resolve("s"))).configureBlocking(false);
            int port = ((InetSocketAddress) tcp.getLocalAddress()).getPort();
            Stream<String> own = Stream.of(GardenExtension.run(lab.state(), List.of("hostname", "-I"))
                    .output()
                    .strip()
                    .split("\\s+"));
            String addresses = String.join(
                    " ", own.filter(address -> !address.contains(":")).toList());

            Outcome tried = lab.shellAt("leader", """
                    try() { timeout 5 "$@" >/dev/null 2>&1 && echo "it worked: $*"; }
                    for address in 127.0.0.1 169.254.0.1 10.76.0.1 %s; do
                        try bash -c "exec 3<>/dev/tcp/$address/%d && read -r -u 3 line"
                    done
                    try dig +time=2 +tries=1 @192.0.2.53 example.com
                    try dig +time=2 +tries=1 @2001:db8::53 example.com
                    try curl -sf http://169.254.169.254/latest/meta-data/
                    try ping -c 1 -W 2 192.0.2.10
                    try ip address add 10.76.20.11/32 dev eth0
                    try ip link add hole type dummy
                    try umount /run
                    try ls %s/run
                    try curl -s --unix-socket %s http://machine/
                    try dig +time=2 +tries=1 -b 10.76.20.11 @10.76.0.1 namsan.aca.kp
                    true
                    """.formatted(addresses, port, lab.state(), beside.resolve("s")));

            assertThat(tried.output()).isEmpty();
            assertThat(tcp.accept()).as("who came to the machine's own port").isNull();
            assertThat(file.accept()).as("who came to the machine's own socket").isNull();
        } finally {
            Files.deleteIfExists(beside.resolve("s"));
            Files.delete(beside);
        }
        Outcome leaks = lab.kwm("leaks");
        assertThat(leaks.status()).as(leaks.output()).isZero();
    }

    /** Each hears its own letter last, so that nothing is waited for that does not come. */
    @Test
    void whatIsSentToAGroupIsHeardByNeitherTheMachineNorAnotherTerminal() throws Exception {
        try (var machine = HeardGroups.open()) {
            Process other = lab.start("enter", "academic", "--", "perl", "-e", HeardGroups.LISTEN, machine.ports());
            try (var heard = other.inputReader(StandardCharsets.UTF_8)) {
                assertThat(heard.readLine()).isEqualTo("listening");

                Outcome sent =
                        lab.at("leader", "perl", "-e", HeardGroups.SEND, machine.ports(), "the leader's terminal");
                assertThat(sent).isEqualTo(new Outcome(0, "sent\n"));
                assertThat(lab.at(
                                "academic", "perl", "-e", HeardGroups.SEND, machine.ports(), "the academic's terminal"))
                        .isEqualTo(sent);
                for (String group : HeardGroups.ALL) {
                    assertThat(heard.readLine()).isEqualTo(group + " the academic's terminal");
                }
                assertThat(machine.heard()).isEmpty();
            } finally {
                other.destroy();
            }
        }
        Outcome leaks = lab.kwm("leaks");
        assertThat(leaks.status()).as(leaks.output()).isZero();
    }

    /** Temporary folders are each place's own, where any path may be used. */
    @Test
    void aSocketThatAProgramMakesWhereTheMachineHasOneIsNoWayOut() throws Exception {
        Path folder = Files.createTempDirectory("kwm-bypass");
        Path path = folder.resolve("s");
        try (var machine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            machine.bind(UnixDomainSocketAddress.of(path));
            Process program = lab.start("enter", "leader", "--", "perl", "-e", """
                    use Socket; $| = 1; mkdir $ARGV[0]; socket(S, AF_UNIX, SOCK_STREAM, 0) && bind(S, pack_sockaddr_un("$ARGV[0]/s"))
                    && listen(S, 5) or die $!; print "listening\\n"; accept(C, S)""", folder.toString());
            try (var said = program.inputReader(StandardCharsets.UTF_8)) {
                assertThat(said.readLine()).isEqualTo("listening");
                Outcome leaks = lab.kwm("leaks");
                assertThat(leaks.status()).as(leaks.output()).isZero();
            } finally {
                program.destroy();
            }
        } finally {
            Files.deleteIfExists(path);
            Files.delete(folder);
        }
    }

    @Test
    void anAbstractSocketOfTheMachineIsOfAnotherNetwork() throws Exception {
        String name = "kwm-isolated-" + ProcessHandle.current().pid();
        Process machine = new ProcessBuilder("perl", "-e", """
                        use Socket; $| = 1; socket(S, AF_UNIX, SOCK_STREAM, 0) && bind(S, pack_sockaddr_un("\\0$ARGV[0]")) && listen(S, 5) or die $!;
                        print "listening\\n"; while (accept(C, S)) { print "somebody came\\n"; close C }""", name).start();
        String connect = """
                use Socket; socket(S, AF_UNIX, SOCK_STREAM, 0) or die $!;
                print connect(S, pack_sockaddr_un("\\0$ARGV[0]")) ? "reached\\n" : "$!\\n"
                """;
        try (var said = machine.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("listening");
            for (String[] place : new String[][] {{"leader"}, {"--tun", "leader"}, {"--provider"}, {"--world"}}) {
                List<String> words = new ArrayList<>(List.of(place));
                words.addAll(List.of("--", "perl", "-e", connect, name));
                assertThat(lab.kwm("enter", words.toArray(String[]::new)))
                        .as(String.join(" ", place))
                        .isEqualTo(new Outcome(0, "Connection refused\n"));
            }
            assertThat(lab.asPerson("perl", "-e", connect, name).output())
                    .as("it does listen")
                    .isEqualTo("reached\n");
            assertThat(said.readLine()).isEqualTo("somebody came");
        } finally {
            machine.destroy();
        }
    }

    @Test
    void aPacketSocketSeesNothingThatIsTheLabs() throws Exception {
        String sockets = """
                perl -MSocket -e '
                    print socket(S, 17, SOCK_RAW, 0x0300) ? "packets" : "no packets", ", ";
                    print socket(S, 17, SOCK_DGRAM, 0x0300) ? "packets" : "no packets", ", ";
                    for $protocol (255, 1, 6, 17, 47) { print socket(S, AF_INET, SOCK_RAW, $protocol) ? "raw $protocol " : "" }
                    for $protocol (255, 58, 6) { print socket(S, AF_INET6, SOCK_RAW, $protocol) ? "raw $protocol " : "" }
                    print "\\n"'
                """;
        Outcome none = new Outcome(0, "no packets, no packets, \n");
        assertThat(lab.shellAt("leader", sockets)).isEqualTo(none);
        assertThat(lab.kwm("enter", "--tun", "leader", "--", "bash", "-c", sockets))
                .as("with the right to make links")
                .isEqualTo(none);
        assertThat(lab.shellAt(
                        "leader",
                        "unshare --user --map-root-user bash -c '%s'".formatted(sockets.replace("'", "'\\''"))))
                .as("a right over a user namespace of its own is none over the terminal's network")
                .isIn(none, new Outcome(1, "unshare: unshare failed: Operation not permitted\n"));
        assertThat(lab.shellAt("leader", "unshare --user --map-root-user --net ls /proc/self/net/dev_snmp6 2>/dev/null")
                        .output())
                .as("in a network of its own there is nothing")
                .isIn("lo\n", "");
    }
}
