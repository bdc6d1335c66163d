package kwangmyong.lab.isolated;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kwangmyong.gateway.TransparentConfig;
import kwangmyong.isolation.Caught;
import kwangmyong.isolation.IsolationConfig;
import kwangmyong.isolation.Terminal;
import kwangmyong.isolation.World;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.lab.config.DnsSection;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.config.NetworkSection;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.parts.Addressing;
import kwangmyong.lab.parts.Authorities;
import kwangmyong.lab.process.OwnProgram;
import kwangmyong.sites.SitesConfig;
import org.jspecify.annotations.Nullable;

/** What the closed network of the isolated mode needs, out of what the lab declares. */
public final class Isolation {
    /** The environment variable in which {@code scripts/kwm} names the machine's Unix sockets, a line each, while it can still see them. */
    private static final String SOCKETS = "KWM_FOREIGN_SOCKETS";

    /** Of the transparent gateway, beside the proxy's; no program is told of it. */
    private static final int TRANSPARENT_PORT = 3130;

    private static final Pattern SOCKET = Pattern.compile("^(?:\\S+ +){7}(/.*)$");

    private Isolation() {}

    public static IsolationConfig config(
            LabDeclaration lab, LabFolder folder, StateFolder state, Authorities authorities) {
        return config(
                lab,
                state,
                List.of(authorities.garden().pem(), authorities.world().pem()),
                OwnProgram.with("serve", "world", folder.folder().toString()));
    }

    /**
     * The network of a lab, for whoever makes it.
     *
     * @param world what serves the world; empty where that is no business of the lab's
     */
    public static IsolationConfig config(
            LabDeclaration lab, StateFolder state, List<String> authorities, List<String> world) {
        Set<InetAddress> services = Addressing.services(lab);
        Set<InetAddress> hosts = new LinkedHashSet<>(sites(lab, false));
        hosts.removeAll(services);
        try {
            return new IsolationConfig(
                    terminals(lab),
                    services,
                    hosts,
                    lab.dns().listen(),
                    world(lab, state, world),
                    transparent(lab, TransparentConfig.How.TPROXY).listen(),
                    authorities,
                    List.of(state.root()),
                    state.places(),
                    foreignSockets());
        } catch (IllegalArgumentException impossible) {
            throw new UsageException("isolated mode: " + impossible.getMessage());
        }
    }

    private static Set<InetAddress> sites(LabDeclaration lab, boolean world) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        Declared.sites(lab)
                .map(world ? SitesConfig::world : SitesConfig::inside)
                .ifPresent(config -> config.sites().forEach(site -> addresses.addAll(site.address())));
        return addresses;
    }

    /** Null for a lab that knows of nothing outside. */
    private static @Nullable World world(LabDeclaration lab, StateFolder state, List<String> command) {
        Set<InetAddress> hosts = sites(lab, true);
        boolean named = lab.dns().zones().stream().anyMatch(DnsSection.Zone::world);
        return hosts.isEmpty() && !named && lab.network().hosting().isEmpty()
                ? null
                : new World(
                        hosts,
                        lab.network().worldNames(),
                        lab.network().hosting(),
                        command,
                        Map.of("KWM_STATE", state.root().toString()));
    }

    /** Where everything that terminals send elsewhere is caught: one of the services' addresses for each family. */
    public static TransparentConfig transparent(LabDeclaration lab, TransparentConfig.How how) {
        List<InetSocketAddress> listen = new ArrayList<>();
        for (boolean v4 : new boolean[] {true, false}) {
            Stream.concat(lab.gateway().listen().stream(), Addressing.services(lab).stream())
                    .filter(address -> address instanceof Inet4Address == v4)
                    .findFirst()
                    .ifPresent(address -> listen.add(new InetSocketAddress(address, TRANSPARENT_PORT)));
        }
        return new TransparentConfig(listen, how);
    }

    /** A subject's usual address, and the first seat of the other family. */
    private static List<Terminal> terminals(LabDeclaration lab) {
        NetworkSection network = lab.network();
        List<Terminal> terminals = new ArrayList<>();
        for (Map.Entry<String, InetAddress> usual : lab.terminals().entrySet()) {
            List<InetAddress> addresses = new ArrayList<>(List.of(usual.getValue()));
            lab.policy().subjects().stream()
                    .filter(subject -> subject.name().equals(usual.getKey()))
                    .map(Subject::seats)
                    .flatMap(Set::stream)
                    .filter(seat -> seat instanceof Inet4Address != usual.getValue() instanceof Inet4Address)
                    .min(java.util.Comparator.comparing(InetAddress::getHostAddress))
                    .ifPresent(addresses::add);
            String attachment = lab.policy().attachments().stream()
                    .filter(one -> one.contains(usual.getValue()))
                    .map(Attachment::name)
                    .findFirst()
                    .orElse("");
            InetAddress resolver = network.resolvers().get(attachment);
            terminals.add(new Terminal(
                    usual.getKey(),
                    addresses,
                    resolver == null ? lab.dns().listen() : List.of(resolver),
                    network.caught().getOrDefault(attachment, Caught.ALL)));
        }
        return terminals;
    }

    /** Those that {@code scripts/kwm} named. */
    public static List<Path> foreignSockets() {
        String lines = System.getenv(SOCKETS);
        return lines == null ? List.of() : paths(lines.lines().toList());
    }

    /** Files among what was said, as paths. */
    public static List<Path> paths(List<String> words) {
        return words.stream().filter(word -> word.startsWith("/")).map(Path::of).toList();
    }

    /** The machine's Unix sockets that are files, as this process sees them: for a command outside, which the lab cannot see past. */
    public static List<String> socketsNow() throws IOException {
        return Files.readAllLines(Path.of("/proc/net/unix")).stream()
                .map(SOCKET::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .distinct()
                .filter(path -> Files.exists(Path.of(path)))
                .toList();
    }
}
