package kwangmyong.testkit;

import java.net.InetAddress;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.clearance.Ceiling;
import kwangmyong.kernel.clearance.Classification;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Captive;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Hours;
import kwangmyong.kernel.policy.MailPolicy;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Ports;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;

/**
 * Labs and accesses from a seed, made so that rules overlap, fall short in every way, and differ by a label, an hour or a compartment. The
 * same seed gives the same lab and the same accesses.
 */
public final class RandomLab {
    private static final Instant EPOCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final int WEEK_IN_MINUTES = 7 * 24 * 60;
    private static final int LEVELS = 4;
    private static final int MOST_RULES = 40;

    private final Random random;
    private final RandomNames names;
    private final Policy policy;

    /** A lab of its own for each seed. */
    public RandomLab(long seed) {
        this.random = new Random(seed);
        this.names = new RandomNames(random);
        this.policy = makePolicy();
    }

    public Policy policy() {
        return policy;
    }

    /** One thing that somebody in the lab, nobody, or a stranger asks for. */
    public Access access() {
        Layer layer = pick(List.of(Layer.values()));
        Action action = pick(List.of(Action.values()));
        return new Access(identity(), layer, action, resource(), when());
    }

    /** Somebody at a terminal; sometimes nobody, a terminal of no attachment, or a subject or attachment that is no longer declared. */
    public Identity identity() {
        Attachment attachment = oneIn(12)
                ? null
                : oneIn(15)
                        ? attachment("gone", 99, new Ceiling(3, Ceiling.EVERY_COMPARTMENT))
                        : pick(policy.attachments());
        InetAddress terminal = Addresses.parse("10.76." + (attachment == null ? 200 : 10 + random.nextInt(5)) + ".11");
        if (oneIn(6)) {
            return new Identity(terminal, attachment, null);
        }
        String subject = oneIn(15) ? "gone" : pick(policy.subjects()).name();
        return new Identity(
                terminal,
                attachment,
                new Session("s", subject, terminal, EPOCH, null, pick(List.of(Session.Origin.values()))));
    }

    /** An instant of the week in which grants and hours begin and end. */
    public Instant when() {
        return EPOCH.plus(Duration.ofMinutes(random.nextInt(WEEK_IN_MINUTES)));
    }

    /** A name that a rule may speak of, or what somebody might type or send instead of one. */
    public String name() {
        return names.name();
    }

    private Resource resource() {
        String name = names.name();
        return switch (random.nextInt(11)) {
            case 0, 1, 2 -> new Resource.Name(name, pick(List.of("A", "AAAA", "TXT", "TYPE65280")));
            case 3, 4 -> new Resource.Page("GET", "http", name, 80, "/");
            case 5 -> new Resource.Endpoint(name, 443);
            case 6 -> new Resource.Mailbox("someone@" + name);
            case 7 -> new Resource.Mailbox(mailboxOrNone());
            case 8, 9 -> flow();
            default -> new Resource.ServiceName(pick(List.of("mail", "portal", "gateway", "console", "none")));
        };
    }

    private Resource flow() {
        String protocol = pick(List.of("tcp", "udp", "icmp", "ip-47"));
        int port = protocol.equals("tcp") || protocol.equals("udp") ? pick(List.of(53, 443, 8_001)) : 0;
        return new Resource.Flow(Addresses.parse(names.address()), port, protocol);
    }

    private String mailboxOrNone() {
        String mailbox = pick(policy.subjects()).mailbox();
        return mailbox == null ? "nobody@mail.kp" : mailbox;
    }

    private Policy makePolicy() {
        var lattice = new Lattice(List.of("resident", "cleared", "official", "leadership"), compartments());
        List<Subject> subjects = some(
                1,
                6,
                number -> new Subject(
                        "s" + number,
                        "somebody",
                        clearance(),
                        Set.of(),
                        oneIn(4) ? null : "s" + number + (oneIn(5) ? "@old.kp" : "@mail.kp")));
        List<Attachment> attachments =
                some(1, 4, number -> attachment("a" + number, number, new Ceiling(level(), ceilingCompartments())));
        List<Rule> rules = some(0, MOST_RULES, this::rule);
        List<Grant> grants = some(0, 4, number -> grant(number, subjects));
        var captive = new Captive(
                "portal.kp",
                Set.of("captive.apple.com", "a.kp"),
                List.of(Addresses.parse("10.76.0.1"), Addresses.parse("fd00:76::1")));
        return new Policy(
                lattice,
                subjects,
                attachments,
                rules,
                mail(subjects),
                captive,
                denials(),
                grants,
                random.nextBoolean());
    }

    private static List<String> compartments() {
        return List.of("library", "news", "mail", "directory", "world");
    }

    private Attachment attachment(String name, int number, Ceiling ceiling) {
        return new Attachment(
                name,
                List.of(AddressRange.parse("10.76." + (10 + number) + ".0/24")),
                ceiling,
                pick(List.of(Attachment.LogIn.values())),
                null,
                oneIn(3) ? denials() : null);
    }

    private Rule rule(int number) {
        return new Rule(
                "rule-" + number,
                oneIn(4) ? Rule.Effect.DENY : Rule.Effect.ALLOW,
                some(1, 3, ignored -> names.pattern()),
                new Classification(level(), fewCompartments()),
                oneIn(4) ? Set.copyOf(some(1, 2, ignored -> "s" + random.nextInt(6))) : Set.of(),
                oneIn(4) ? Set.copyOf(some(1, 2, ignored -> "a" + random.nextInt(4))) : Set.of(),
                oneIn(4) ? Set.copyOf(some(1, 3, ignored -> pick(List.of(Action.values())))) : Set.of(),
                oneIn(4) ? hours() : null,
                oneIn(5),
                oneIn(5) ? denials() : null,
                oneIn(5),
                oneIn(5),
                oneIn(8) ? some(1, 2, ignored -> ports()) : List.of());
    }

    private Ports ports() {
        return Ports.parse(pick(List.of("443", "tcp/443", "udp/1-1023", "8000-8099", "icmp", "tcp", "ip-47")));
    }

    private Hours hours() {
        Set<DayOfWeek> days = EnumSet.of(pick(List.of(DayOfWeek.values())));
        for (DayOfWeek day : DayOfWeek.values()) {
            if (random.nextBoolean()) {
                days.add(day);
            }
        }
        LocalTime from = LocalTime.of(random.nextInt(24), 0);
        return new Hours(
                days,
                from,
                oneIn(6) ? from : LocalTime.of(random.nextInt(24), 30),
                ZoneId.of(pick(List.of("Asia/Pyongyang", "UTC", "America/New_York"))));
    }

    private Grant grant(int number, List<Subject> subjects) {
        Instant from = when();
        return new Grant(
                "g" + number,
                oneIn(10) ? "gone" : pick(subjects).name(),
                clearance(),
                from,
                from.plus(Duration.ofMinutes(1 + random.nextInt(WEEK_IN_MINUTES / 2))),
                "a reason",
                "operator");
    }

    private MailPolicy mail(List<Subject> subjects) {
        Set<MailPolicy.Pair> pairs = new HashSet<>(some(
                0,
                3,
                ignored -> new MailPolicy.Pair(
                        pick(subjects).name(), pick(subjects).name())));
        return new MailPolicy(
                new Classification(level(), fewCompartments()),
                Set.of("mail.kp"),
                pick(List.of(MailPolicy.Writing.values())),
                pairs);
    }

    private Denials denials() {
        Presentation dns = pick(List.of(
                new Presentation.Sinkhole(List.of(Addresses.parse("10.76.0.9"))),
                new Presentation.Forged(List.of(Addresses.parse("10.10.34.34")), null, random.nextInt(600)),
                new Presentation.Forged(List.of(), "wall.invalid", 60),
                new Presentation.Truncated(pick(List.of(Presentation.Dns.values()))),
                pick(List.of(Presentation.Dns.values())),
                pick(List.of(Presentation.Dns.values()))));
        Presentation http = pick(List.of(
                Presentation.Http.BLOCK_PAGE,
                Presentation.Http.FORBIDDEN,
                Presentation.Http.RESET,
                Presentation.Http.HANG));
        return new Denials(
                dns,
                http,
                new Presentation.Mail(oneIn(2) ? 550 : 554, "5.7." + random.nextInt(9)),
                pick(List.of(Presentation.Border.values())));
    }

    private Clearance clearance() {
        return new Clearance(level(), random.nextInt(1 << compartments().size()));
    }

    private int level() {
        return random.nextInt(LEVELS);
    }

    private long fewCompartments() {
        return (long) random.nextInt(1 << compartments().size())
                & random.nextInt(1 << compartments().size());
    }

    private long ceilingCompartments() {
        return oneIn(2)
                ? Ceiling.EVERY_COMPARTMENT
                : random.nextInt(1 << compartments().size());
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    @FunctionalInterface
    private interface Numbered<T> {
        T make(int number);
    }

    private <T> List<T> some(int least, int most, Numbered<T> maker) {
        List<T> made = new ArrayList<>();
        int count = least + random.nextInt(most - least + 1);
        for (int number = 0; number < count; number++) {
            made.add(maker.make(number));
        }
        return made;
    }
}
