package kwangmyong.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service.Listener;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.mail.MailConfig.Protocol;
import kwangmyong.mail.api.HeldMail;
import kwangmyong.mail.store.StoreLimits;
import kwangmyong.net.Transport;
import kwangmyong.net.tls.Authority;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;

/** A mail service on free ports, with a policy like the default lab's: academic and trader are a pair, the resident may not use mail. */
final class MailBench implements AutoCloseable {
    static final String ACADEMIC = "10.76.20.11";
    static final String TRADER = "10.76.30.11";
    static final String CAFE = "10.76.10.11";
    static final MailLimits LIMITS =
            new MailLimits(200_000, 5, 200, 100, 6, 3, Duration.ofMillis(10), Duration.ofSeconds(20));

    private static final Set<String> SUBJECTS = Set.of("academic", "trader", "official", "held", "김책");

    final RecordingJournal journal = new RecordingJournal();
    final ScriptedSessions sessions =
            new ScriptedSessions().with("academic", ACADEMIC).with("trader", TRADER);
    final ScriptedPolicy policy = new ScriptedPolicy(MailBench::decide);
    final SettableClock clock = new SettableClock();
    final Path root;
    final AddressPlan plan = AddressPlan.loopback(0, List.of(AddressRange.parse("10.76.0.0/16")));
    final Authority authority;
    private final Transport transport;
    private final MailService service;

    MailBench(Path directory) throws IOException, StartException {
        this(directory, LIMITS, StoreLimits.DEFAULT);
    }

    MailBench(Path directory, MailLimits limits, StoreLimits storeLimits) throws IOException, StartException {
        root = directory.resolve("mail");
        authority = Authority.open(directory.resolve("keys"), "garden", "test garden");
        transport = Transport.best(2);
        service = new MailService(
                config(limits, storeLimits), transport, plan, policy, sessions, journal, clock, authority, root);
        service.start();
    }

    static MailConfig config(MailLimits limits, StoreLimits storeLimits) {
        Map<Protocol, List<InetSocketAddress>> listen = new EnumMap<>(Protocol.class);
        for (Protocol protocol : Protocol.values()) {
            listen.put(protocol, List.of(new InetSocketAddress(Addresses.parse("10.76.0.1"), 0)));
        }
        return new MailConfig(
                listen,
                "mail.silibank.net.kp",
                List.of("silibank.net.kp"),
                MailBench::mailbox,
                "official@silibank.net.kp",
                true,
                limits,
                storeLimits);
    }

    static Optional<String> mailbox(String subject) {
        return SUBJECTS.contains(subject) ? Optional.of(subject + "@silibank.net.kp") : Optional.empty();
    }

    static Decision decide(Access access) {
        String subject = access.who().subject();
        boolean logIn = access.action() == Action.LOG_IN;
        if (subject == null) {
            return ScriptedPolicy.deny(Reason.NOT_LOGGED_IN, new Presentation.Mail(535, "5.7.8"));
        }
        if (subject.equals("resident")) {
            return ScriptedPolicy.deny(Reason.CLEARANCE, new Presentation.Mail(535, "5.7.8"));
        }
        if (logIn || access.action() == Action.READ) {
            return ScriptedPolicy.allow("mail-service");
        }
        return write(subject, access.resource().toString());
    }

    private static Decision write(String subject, String to) {
        if (!to.endsWith("@silibank.net.kp")) {
            return ScriptedPolicy.deny(Reason.NOT_LOCAL, new Presentation.Mail(550, "5.7.1"));
        }
        String recipient = to.substring(0, to.indexOf('@'));
        if (!SUBJECTS.contains(recipient)) {
            return ScriptedPolicy.deny(Reason.NO_MAILBOX, new Presentation.Mail(550, "5.1.1"));
        }
        if (recipient.equals("held")) {
            return ScriptedPolicy.deny(Reason.NOT_PAIRED, Presentation.Mail.HELD);
        }
        boolean stranger = recipient.equals("official") && subject.equals("trader");
        return stranger
                ? ScriptedPolicy.deny(Reason.NOT_PAIRED, new Presentation.Mail(550, "5.7.1"))
                : ScriptedPolicy.allow("mail-pairs");
    }

    /** The mail that waits for an operator. */
    HeldMail held() {
        return service.heldMail();
    }

    List<Listener> listeners() {
        return service.listeners();
    }

    InetSocketAddress socket(String protocol) {
        for (Listener listener : service.listeners()) {
            if (listener.protocol().equals(protocol)) {
                return listener.socket();
            }
        }
        throw new IllegalArgumentException(protocol);
    }

    /** Connects from a terminal; over TLS where the protocol begins with it. */
    MailClient connect(String protocol, String terminal) throws IOException {
        InetAddress from = plan.socket(Addresses.parse(terminal));
        MailClient client = new MailClient(from, socket(protocol), authority.certificate());
        if (protocol.equals("submissions") || protocol.equals("pop3s")) {
            client.startTls();
        }
        return client;
    }

    @Override
    public void close() {
        service.stop();
        transport.close();
    }
}
