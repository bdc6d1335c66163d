package kwangmyong.lab.config;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kwangmyong.access.api.Scope;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.access.config.LimitsConfig;
import kwangmyong.access.journal.JournalConfig;
import kwangmyong.access.watch.WatchConfig;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.sites.SitesConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code lab.yaml} declares, checked: every name in it is known, every file it names is there.
 *
 * @param file the lab.yaml itself; what it {@code extends} is among {@code files}
 * @param files every configuration file that was read, the lab's own first
 * @param name a word; also the name of its folder under the state
 * @param seed what everything random comes from that is no secret
 * @param timeZone of hours and dates
 * @param accounts by subject; a subject without one cannot log in by password
 * @param keys public keys by subject, as lines of OpenSSH's authorized_keys
 * @param operators by log-in name
 * @param terminals where demonstrations find each subject: its named terminal or first seat
 * @param sinkholes addresses beside the portal's own at which it serves the block page
 * @param mail null in a lab without mail
 * @param sites null in a lab without sites
 * @param network of the isolated mode, which has a world apart
 */
public record LabDeclaration(
        Path file,
        List<Path> files,
        String name,
        String title,
        long seed,
        Clock clock,
        ZoneId timeZone,
        Policy policy,
        Map<String, Password> accounts,
        Map<String, List<String>> keys,
        Map<String, Operator> operators,
        Map<String, InetAddress> terminals,
        PortalSection portal,
        Set<InetAddress> sinkholes,
        DnsSection dns,
        GatewaySection gateway,
        @Nullable MailSection mail,
        ConsoleSection console,
        MetricsSection metrics,
        @Nullable SitesConfig sites,
        NetworkSection network,
        BorderSection border,
        StoreSection store,
        ControllerSection controller,
        SessionsSection sessions,
        JournalSection journal) {
    public LabDeclaration {
        files = List.copyOf(files);
        sinkholes = Collections.unmodifiableSet(new LinkedHashSet<>(sinkholes));
        accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
        keys = Map.copyOf(keys);
        operators = Collections.unmodifiableMap(new LinkedHashMap<>(operators));
        terminals = Collections.unmodifiableMap(new LinkedHashMap<>(terminals));
    }

    /**
     * The lab's time.
     *
     * @param start null for the machine's time at the lab's start
     * @param speed seconds of the lab in a second of the machine; 0 stands still
     */
    public record Clock(@Nullable Instant start, BigDecimal speed) {}

    /**
     * How long log-ins last, and how much of them anybody may have.
     *
     * @param lasting of a log-in at the portal, and of credentials given to a service
     */
    public record SessionsSection(Duration lasting, LimitsConfig limits) {
        /** As long as usual, and without limits. */
        public static final SessionsSection USUAL =
                new SessionsSection(AccessConfig.DEFAULT_SESSION, LimitsConfig.NONE);
    }

    /** How an account is proved. */
    public sealed interface Password {
        /** The name and {@code -demo}; refused where strangers could come. */
        record Demonstration() implements Password {}

        /** An Argon2id hash in its usual text form, {@code $argon2id$v=19$m=…}. */
        record Hash(String encoded) implements Password {}
    }

    /**
     * Someone who runs the network.
     *
     * @param password null for one who has only keys
     * @param keys lines as in OpenSSH's authorized_keys
     * @param scopes what they may do
     */
    public record Operator(String name, @Nullable Password password, List<String> keys, Set<Scope> scopes) {
        public Operator {
            keys = List.copyOf(keys);
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * The portal's name, addresses and ports; which names lead to it is in {@link Policy#captive}.
     *
     * @param operatorsFrom from where the API answers; empty for all that belong to no attachment
     */
    public record PortalSection(
            String host, List<InetAddress> listen, int http, int https, List<AddressRange> operatorsFrom) {
        public PortalSection {
            operatorsFrom = List.copyOf(operatorsFrom);
            listen = List.copyOf(listen);
        }
    }

    /**
     * Where what happens at run time is kept.
     *
     * @param server {@code jdbc:postgresql:…}; null for the database in the lab's state
     * @param user null for what the environment or the URL says
     * @param passwordFile whose first line is the password; null for what the environment says
     * @param patience how long a change waits for a server that is away
     */
    public record StoreSection(
            @Nullable String server,
            @Nullable String user,
            @Nullable Path passwordFile,
            Duration patience) {}

    /**
     * What becomes of the journal's files, and from where on what it says is unusual.
     *
     * @param rotation when a file is closed, and how much of them is kept
     * @param watch thresholds of the watch
     */
    public record JournalSection(JournalConfig.Rotation rotation, WatchConfig watch) {}

    /**
     * Where services that run as processes of their own find the controller.
     *
     * @param listen empty where there are none
     * @param whenAway what such a service does while the controller is away
     */
    public record ControllerSection(List<InetAddress> listen, int port, WhenAway whenAway) {
        public ControllerSection {
            listen = List.copyOf(listen);
        }

        /** What a service does without its controller. */
        public enum WhenAway {
            /** It goes on by the last rules and sessions that it knows; nobody logs in. */
            STATIC,
            /** It denies everything. */
            CLOSED
        }
    }

    /**
     * The console.
     *
     * @param forwards whether subjects' connections are carried on, where the rules allow it
     */
    public record ConsoleSection(List<InetAddress> listen, int ssh, boolean forwards) {
        public ConsoleSection {
            listen = List.copyOf(listen);
        }
    }

    /** Where the lab's numbers and health are shown. */
    public record MetricsSection(List<InetAddress> listen, int port) {
        public MetricsSection {
            listen = List.copyOf(listen);
        }
    }

    /** The mailboxes of the lab by subject. */
    public Map<String, String> mailboxes() {
        Map<String, String> mailboxes = new LinkedHashMap<>();
        policy.subjects()
                .forEach(subject -> Optional.ofNullable(subject.mailbox())
                        .ifPresent(mailbox -> mailboxes.put(subject.name(), mailbox)));
        return mailboxes;
    }
}
