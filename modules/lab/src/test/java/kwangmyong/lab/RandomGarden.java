package kwangmyong.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import kwangmyong.access.store.MemoryStore;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.parts.Authorities;
import kwangmyong.lab.process.RunFile;
import kwangmyong.lab.running.Lab;
import kwangmyong.lab.running.Wiring;
import kwangmyong.testkit.NaiveEvaluator;
import kwangmyong.testkit.RandomLab;
import org.jspecify.annotations.Nullable;

/**
 * A random lab of the test kit with its real services on sockets, and somebody at some of its terminals. Every name of {@link #zoneOf a zone}
 * leads to the one site there is, some of them by way of an alias. The lab's clock stands still.
 */
final class RandomGarden implements AutoCloseable {
    static final InetAddress SERVICES = Addresses.parse("10.76.0.1");
    static final InetAddress SITE = Addresses.parse("10.76.1.10");
    static final InetAddress SITE_6 = Addresses.parse("fd00:76:1::10");

    /** What the site says, and what its TXT record holds. */
    static final String HERE = "here";

    /** Name to name; each has its own wildcard, so that names below an alias still exist. */
    static final Map<String, String> ALIASES = Map.of("b.kp", "lib.kut.com", "edu.com", "b.kp", "kut.kp", "b.gone");

    private static final List<String> ZONES = List.of("kp", "com");
    private static final int NOBODYS_HOST = 11;
    private static final int FIRST_VISITOR = 21;
    private static final int FIRST_SEAT = 51;

    private final RandomLab random;
    private final Policy policy;
    private final Instant when;
    private final Path folder;
    private final Lab lab;
    private final List<Presence> terminals;
    private final List<ServerSocket> site = new ArrayList<>();
    private final ExecutorService visits = Executors.newCachedThreadPool();

    /** Who is at a terminal; null for nobody. */
    record Presence(InetAddress terminal, @Nullable String subject) {}

    RandomGarden(long seed) throws Exception {
        random = new RandomLab(seed);
        policy = withSeats(random.policy(), new Random(seed));
        when = random.when();
        folder = Files.createTempDirectory("kwm-random");
        var state = new StateFolder(folder.resolve("state"));
        state.create();
        lab = Wiring.start(
                new LabFolder(folder),
                declaration(),
                state,
                RunFile.Mode.LOOPBACK,
                GardenExtension.freeOffset(),
                Set.of(),
                CompletableFuture.completedFuture(Authorities.open(state.keys())),
                CompletableFuture.completedFuture(new MemoryStore()));
        lab.settle();
        terminals = settle();
        serve(80);
        serve(443);
    }

    private static Policy withSeats(Policy made, Random random) {
        List<Subject> seated = new ArrayList<>();
        for (Subject subject : made.subjects()) {
            Attachment place =
                    made.attachments().get(random.nextInt(made.attachments().size()));
            Set<InetAddress> seats = random.nextBoolean() ? Set.of(host(place, FIRST_SEAT + seated.size())) : Set.of();
            seated.add(
                    new Subject(subject.name(), subject.description(), subject.clearance(), seats, subject.mailbox()));
        }
        return new Policy(
                made.lattice(),
                seated,
                made.attachments(),
                made.rules(),
                made.mail(),
                made.captive(),
                made.denials(),
                made.grants(),
                made.seatsAreExclusive());
    }

    private static InetAddress host(Attachment place, int number) {
        String network = place.ranges().get(0).network().getHostAddress();
        return Addresses.parse(network.substring(0, network.lastIndexOf('.') + 1) + number);
    }

    /** A lab of its own file, whose rules, people and places are then the random ones. */
    private LabDeclaration declaration() throws IOException {
        writeZones();
        Files.writeString(
                folder.resolve("lab.yaml"), """
                lab: {name: random, clock: {start: %s, speed: 0}, time_zone: UTC}
                attachments: {a0: {range: 10.76.10.0/24}}
                subjects: {s0: {clearance: resident}}
                clearance: {levels: [resident]}
                portal: {host: %s, address: 10.76.0.1}
                dns: {listen: 10.76.0.1, zones: zones}
                gateway: {listen: 10.76.0.1}
                mail: {listen: 10.76.0.1, host: mail.kp, domains: [mail.kp]}
                console: {listen: 10.76.0.1}
                """.formatted(when, policy.captive().portalHost()));
        LabDeclaration read = Declared.orExplain(new LabFolder(folder));
        Map<String, LabDeclaration.Password> accounts = new LinkedHashMap<>();
        policy.subjects().forEach(subject -> accounts.put(subject.name(), new LabDeclaration.Password.Demonstration()));
        return new LabDeclaration(
                read.file(),
                read.files(),
                read.name(),
                read.title(),
                read.seed(),
                read.clock(),
                read.timeZone(),
                policy,
                accounts,
                Map.of(),
                Map.of(),
                Map.of(),
                read.portal(),
                read.sinkholes(),
                read.dns(),
                read.gateway(),
                read.mail(),
                read.console(),
                read.metrics(),
                read.sites(),
                read.network(),
                read.border(),
                read.store(),
                read.controller(),
                read.sessions(),
                read.journal());
    }

    private void writeZones() throws IOException {
        Path zones = Files.createDirectories(folder.resolve("zones"));
        for (String origin : ZONES) {
            var text = new StringBuilder("$ORIGIN " + origin + ".\n$TTL 300\n"
                    + "@ SOA ns.invalid. hostmaster.invalid. 1 3600 600 86400 300\n@ NS ns.invalid.\n");
            Stream.of("@", "*").forEach(owner -> text.append(records(owner)));
            ALIASES.forEach((alias, target) -> {
                if (alias.endsWith("." + origin)) {
                    text.append(alias + ". CNAME " + target + ".\n" + records("*." + alias + "."));
                }
            });
            Files.writeString(zones.resolve(origin + ".zone"), text);
        }
    }

    private static String records(String owner) {
        return owner + " A " + SITE.getHostAddress() + "\n" + owner + " AAAA " + SITE_6.getHostAddress() + "\n" + owner
                + " TXT " + HERE + "\n";
    }

    /** The zone that a name lies in, null outside all of them. */
    static @Nullable String zoneOf(String name) {
        return ZONES.stream()
                .filter(zone -> name.equals(zone) || name.endsWith("." + zone))
                .findFirst()
                .orElse(null);
    }

    /** Logs somebody in at two terminals of each attachment; one stays nobody's, and one belongs to no attachment. */
    private List<Presence> settle() {
        List<Presence> settled = new ArrayList<>();
        settled.add(new Presence(Addresses.parse("10.76.200.11"), null));
        var choice = new Random(when.toEpochMilli());
        for (Attachment place : policy.attachments()) {
            settled.add(new Presence(host(place, NOBODYS_HOST), null));
            for (int visitor = FIRST_VISITOR; visitor < FIRST_VISITOR + 3; visitor++) {
                String subject = policy.subjects()
                        .get(choice.nextInt(policy.subjects().size()))
                        .name();
                InetAddress terminal = host(place, visitor);
                lab.access()
                        .operations()
                        .logIn(subject, terminal.getHostAddress(), "operator")
                        .toCompletableFuture()
                        .join();
                settled.add(new Presence(terminal, subject));
            }
        }
        policy.subjects()
                .forEach(subject -> subject.seats().forEach(seat -> settled.add(new Presence(seat, subject.name()))));
        return settled;
    }

    private void serve(int port) throws IOException {
        var server = new ServerSocket();
        server.bind(lab.plan().socket(new InetSocketAddress(SITE, port)));
        site.add(server);
        visits.execute(() -> {
            while (true) {
                try {
                    Socket visitor = server.accept();
                    visits.execute(() -> welcome(visitor));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void welcome(Socket visitor) {
        try (visitor) {
            var seen = new StringBuilder();
            for (int octet;
                    seen.indexOf("\r\n\r\n") < 0
                            && (octet = visitor.getInputStream().read()) >= 0; ) {
                seen.append((char) octet);
            }
            String answer =
                    "HTTP/1.1 200 OK\r\nContent-Length: " + HERE.length() + "\r\nConnection: close\r\n\r\n" + HERE;
            visitor.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            // the gateway hung up first, as at the end of a tunnel
        }
    }

    RandomLab random() {
        return random;
    }

    Policy policy() {
        return policy;
    }

    NaiveEvaluator naive() {
        return new NaiveEvaluator(policy);
    }

    Lab lab() {
        return lab;
    }

    Instant when() {
        return when;
    }

    List<Presence> terminals() {
        return terminals;
    }

    /** Whether a log-in of this subject there meets somebody else, told from the policy and the terminals alone. */
    boolean isSomebodyElses(Presence there, String subject) {
        boolean taken = there.subject() != null && !there.subject().equals(subject);
        return policy.seatsAreExclusive() && taken;
    }

    /** Who asks, as the naive evaluator is told. */
    Identity identity(InetAddress terminal, @Nullable String subject) {
        Attachment place = policy.attachments().stream()
                .filter(attachment -> attachment.contains(terminal))
                .findFirst()
                .orElse(null);
        return new Identity(
                terminal,
                place,
                subject == null ? null : new Session("s", subject, terminal, when, null, Session.Origin.PORTAL));
    }

    @Override
    public void close() throws IOException {
        lab.close();
        for (ServerSocket door : site) {
            door.close();
        }
        visits.shutdownNow();
        try (Stream<Path> left = Files.walk(folder)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException busy) {
                    throw new UncheckedIOException(busy);
                }
            });
        }
    }
}
