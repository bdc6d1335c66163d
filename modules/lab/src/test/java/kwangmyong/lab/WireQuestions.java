package kwangmyong.lab;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import kwangmyong.access.api.ExplainRequest;
import kwangmyong.access.api.LayerDecision;
import kwangmyong.access.explain.Explainer;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import kwangmyong.lab.RandomGarden.Presence;
import kwangmyong.lab.WireQuestion.Outcome;
import kwangmyong.testkit.NaiveEvaluator;
import org.jspecify.annotations.Nullable;

/** Questions for a random garden, each with what the naive evaluator and the operator's explanation say of it. */
final class WireQuestions {
    private static final Pattern DNS_NAME = Pattern.compile("[!-~&&[^\\\\.]]{1,63}(?:\\.[!-~&&[^\\\\.]]{1,63})*");
    private static final Pattern HOST =
            Pattern.compile("[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*");
    private static final Pattern NUMBER = Pattern.compile("(?:^|\\.)\\d+$");
    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final int MAX_PATH = 256;
    private static final int RECIPIENTS = 8;

    private final RandomGarden garden;
    private final NaiveEvaluator naive;
    private final GardenWire wire;
    private final Random random;

    WireQuestions(RandomGarden garden, long seed) {
        this.garden = garden;
        this.naive = garden.naive();
        this.wire = new GardenWire(garden.lab().plan());
        this.random = new Random(seed);
    }

    /** So many, of every kind; a letter counts as several. */
    List<WireQuestion> some(int count) {
        List<WireQuestion> questions = new ArrayList<>();
        for (int asked = 0; asked < count; asked++) {
            int kind = random.nextInt(20);
            if (kind < 10) {
                questions.add(lookup());
            } else if (kind < 19) {
                questions.add(page(random.nextInt(3) == 0 ? Action.TUNNEL : Action.FETCH));
            } else {
                questions.add(letter());
                asked += RECIPIENTS;
            }
        }
        return questions;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String name(Pattern form) {
        if (random.nextInt(8) == 0) {
            return pick(List.copyOf(new TreeSet<>(RandomGarden.ALIASES.keySet())));
        }
        while (true) {
            String name = garden.random().name();
            if (name.length() <= MAX_NAME && form.matcher(name).matches() && isUsual(name, form)) {
                return name;
            }
        }
    }

    /** Names that are a name to everybody: no label too long, no star but the first, no number but a whole address, no range of addresses. */
    private static boolean isUsual(String name, Pattern form) {
        boolean address = Addresses.isNumeric(name);
        int slash = name.indexOf('/');
        if (slash >= 0 && Addresses.isNumeric(name.substring(0, slash))) {
            return false;
        }
        if (name.contains(".*.") || (form == HOST && NUMBER.matcher(name).find() && !address)) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (label.length() > MAX_LABEL) {
                return false;
            }
        }
        return true;
    }

    // ---- what the naive evaluator decides

    /** What a service that serves a name decides, alias by alias, the gateway the look-up too: the first that is not served, else the first. */
    private Decision ruled(Access asked) {
        Decision first = naive.decide(asked);
        if (!(overTcp(first.presentation()) instanceof Presentation.AsAsked) || first.reason() == Reason.CAPTIVE) {
            return first;
        }
        String name = asked.resource().name();
        List<String> looked = chain(name);
        if (asked.layer() == Layer.DNS) {
            looked.remove(0);
        }
        for (String next : looked) {
            Resource resource = new Resource.Name(next, "A");
            Decision decision =
                    naive.decide(new Access(asked.who(), asked.layer(), Action.RESOLVE, resource, asked.when()));
            boolean sinkhole = asked.layer() == Layer.DNS && decision.presentation() instanceof Presentation.Sinkhole;
            if (!decision.isAllowed() || sinkhole) {
                return decision;
            }
        }
        return first;
    }

    /** What comes in the end: who is told to come back over TCP does. */
    private static Presentation overTcp(Presentation presentation) {
        return presentation instanceof Presentation.Truncated truncated ? truncated.then() : presentation;
    }

    private static List<String> chain(String name) {
        List<String> chain = new ArrayList<>(List.of(name));
        for (String next = RandomGarden.ALIASES.get(name); next != null; next = RandomGarden.ALIASES.get(next)) {
            chain.add(next);
        }
        return chain;
    }

    private String words(Decision decision) {
        return words(Explainer.show(garden.policy(), "", "", "", decision));
    }

    private static String words(LayerDecision decision) {
        return decision.verdict() + " by rule " + decision.rule() + ", " + decision.reason() + ", needed "
                + decision.needed() + ", held " + decision.held() + ", as " + decision.presentation();
    }

    /** What {@code kwm explain} says: the decision of that place in its list. */
    private String explained(InetAddress terminal, @Nullable String subject, String target, int place) {
        var request = new ExplainRequest(
                subject == null ? ExplainRequest.NOBODY : subject, target, terminal.getHostAddress(), null);
        List<LayerDecision> decisions =
                garden.lab().access().operations().explain(request).decisions();
        return words(decisions.get(place));
    }

    // ---- names

    private WireQuestion lookup() {
        Presence there = pick(garden.terminals());
        String name = name(DNS_NAME);
        String type = pick(List.of("A", "A", "AAAA", "TXT"));
        boolean overTcp = random.nextInt(4) == 0;
        String typed = anyCase(name);
        return () -> {
            Identity who = garden.identity(there.terminal(), there.subject());
            Decision decision =
                    ruled(new Access(who, Layer.DNS, Action.RESOLVE, new Resource.Name(name, type), garden.when()));
            String expected = answer(decision, name, type);
            String answer = wire.resolve(
                    there.terminal(),
                    typed,
                    type,
                    overTcp,
                    WireAgreementIT.patience(expected.equals(GardenWire.SILENCE)));
            String words = words(decision);
            return List.of(new Outcome(
                    "resolve " + decision.presentation().word(),
                    there + " resolves " + typed + " " + type,
                    words,
                    Addresses.isNumeric(name) ? words : explained(there.terminal(), there.subject(), name, 0),
                    expected,
                    answer));
        };
    }

    private String anyCase(String name) {
        var typed = new StringBuilder(name);
        for (int i = 0; i < typed.length(); i++) {
            if (random.nextBoolean()) {
                typed.setCharAt(i, Character.toUpperCase(typed.charAt(i)));
            }
        }
        return typed.toString();
    }

    private static String answer(Decision decision, String name, String type) {
        Presentation presentation = overTcp(decision.presentation());
        if (presentation instanceof Presentation.Sinkhole sinkhole) {
            return instead(decision, sinkhole.addresses(), type);
        } else if (presentation instanceof Presentation.Forged forged) {
            return instead(decision, forged.addresses(), type);
        } else if (presentation == Presentation.Dns.SILENCE) {
            return GardenWire.SILENCE;
        } else if (presentation instanceof Presentation.Dns denial) {
            String code = denial == Presentation.Dns.NODATA ? "NOERROR" : denial.name();
            return code + " [] rule " + decision.rule();
        } else if (RandomGarden.zoneOf(name) == null) {
            return "REFUSED []";
        }
        List<String> chain = chain(name);
        boolean leadsOut = RandomGarden.zoneOf(chain.get(chain.size() - 1)) == null;
        String data = type.equals("TXT")
                ? RandomGarden.HERE
                : (type.equals("A") ? RandomGarden.SITE : RandomGarden.SITE_6).getHostAddress();
        return "NOERROR " + (leadsOut ? List.of() : List.of(data));
    }

    private static String instead(Decision decision, List<InetAddress> addresses, String type) {
        List<String> ofType = addresses.stream()
                .filter(address -> type.equals(address instanceof Inet4Address ? "A" : "AAAA"))
                .map(InetAddress::getHostAddress)
                .sorted()
                .toList();
        return "NOERROR " + ofType + (decision.isAllowed() ? "" : " rule " + decision.rule());
    }

    // ---- pages and tunnels

    private WireQuestion page(Action action) {
        Presence there = pick(garden.terminals());
        String name = name(HOST);
        String typed = anyCase(name) + (random.nextInt(6) == 0 && !Addresses.isNumeric(name) ? "." : "");
        boolean tunnel = action == Action.TUNNEL;
        Resource resource = tunnel ? new Resource.Endpoint(name, 443) : new Resource.Page("GET", "http", name, 80, "/");
        return () -> {
            Identity who = garden.identity(there.terminal(), there.subject());
            Decision decision = ruled(new Access(who, Layer.GATEWAY, action, resource, garden.when()));
            String expected = status(there, decision, name, tunnel);
            String observed = wire.proxied(
                    there.terminal(),
                    tunnel ? "CONNECT " + typed + ":443" : "GET http://" + typed + "/",
                    typed,
                    WireAgreementIT.patience(expected.equals(GardenWire.HANG)));
            int place = (tunnel ? 2 : 1) - (Addresses.isNumeric(name) ? 1 : 0);
            return List.of(new Outcome(
                    action.word() + " " + decision.presentation().word(),
                    there + (tunnel ? " tunnels to " : " fetches ") + typed,
                    words(decision),
                    explained(there.terminal(), there.subject(), name, place),
                    expected,
                    observed));
        };
    }

    private String status(Presence there, Decision decision, String name, boolean tunnel) {
        if (decision.presentation() instanceof Presentation.Http denial) {
            String page = denial.word() + " " + shown(decision);
            return switch (denial) {
                case RESET -> GardenWire.RESET;
                case HANG -> GardenWire.HANG;
                default -> page;
            };
        }
        List<String> chain = chain(name);
        if (decision.reason() == Reason.CAPTIVE) {
            return tunnel ? "200" : atThePortal(there, name);
        }
        return RandomGarden.zoneOf(chain.get(chain.size() - 1)) == null ? "502" : "200";
    }

    private String shown(Decision decision) {
        LayerDecision shown = Explainer.show(garden.policy(), "", "", "", decision);
        return "rule " + shown.rule() + ", " + shown.reason() + ", needed " + shown.needed() + ", held " + shown.held();
    }

    /** The portal's own page, or what a system that tests whether it is online is to see: the way to the portal before a log-in. */
    private String atThePortal(Presence there, String name) {
        if (name.equals(garden.policy().captive().portalHost())) {
            return "200";
        }
        return there.subject() == null ? "302" : name.startsWith("captive.") ? "200" : "204";
    }

    // ---- letters

    private WireQuestion letter() {
        Presence there = pick(garden.terminals());
        Subject sender = random.nextInt(3) > 0 && there.subject() != null
                ? subject(there.subject())
                : pick(garden.policy().subjects());
        List<String> recipients = new ArrayList<>();
        for (int recipient = 0; recipient < RECIPIENTS; recipient++) {
            recipients.add(recipient());
        }
        return () -> {
            List<String> replies = wire.letter(
                    there.terminal(), sender.name(), sender.name() + "-demo", "" + sender.mailbox(), recipients);
            List<Outcome> outcomes = new ArrayList<>();
            Identity who = garden.identity(there.terminal(), sender.name());
            Decision logIn = logIn(there, sender, who);
            outcomes.add(outcome(there, sender, "log-in", logIn, "235 2.7.0", "nobody@mail.kp", replies.get(0)));
            for (int recipient = 0; recipient < replies.size() - 1; recipient++) {
                String to = recipients.get(recipient);
                Decision decision =
                        naive.decide(new Access(who, Layer.MAIL, Action.SEND, new Resource.Mailbox(to), garden.when()));
                outcomes.add(outcome(there, sender, "send", decision, "250 2.1.5", to, replies.get(recipient + 1)));
            }
            return outcomes;
        };
    }

    private Subject subject(String name) {
        return garden.policy().subjects().stream()
                .filter(subject -> subject.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String recipient() {
        String mailbox = pick(garden.policy().subjects()).mailbox();
        return switch (random.nextInt(6)) {
            case 0 -> "nobody@mail.kp";
            case 1 -> stranger();
            default -> mailbox == null ? "nobody@mail.kp" : mailbox;
        };
    }

    /** Somebody elsewhere whose path a mail server must take: 256 octets with its brackets (RFC 5321 §4.5.3.1.3). */
    private String stranger() {
        String name = name(HOST);
        while (name.length() > MAX_PATH - "<someone@>".length()) {
            name = name(HOST);
        }
        return "someone@" + name;
    }

    private Decision logIn(Presence there, Subject subject, Identity who) {
        if (who.attachment() != null && garden.isSomebodyElses(there, subject.name())) {
            return new Decision(
                    Verdict.DENY,
                    Decision.NO_RULE,
                    Reason.SEAT_MISMATCH,
                    null,
                    null,
                    new Presentation.Mail(535, "5.7.8"),
                    NaiveEvaluator.NO_HASH);
        }
        return naive.decide(
                new Access(who, Layer.MAIL, Action.LOG_IN, new Resource.ServiceName("mail"), garden.when()));
    }

    private Outcome outcome(
            Presence there, Subject sender, String action, Decision decision, String yes, String target, String reply) {
        boolean ruleIsNamed = !decision.isAllowed() && !decision.rule().equals(Decision.NO_RULE);
        String words = words(decision);
        return new Outcome(
                action + " " + decision.presentation().word(),
                there + ": " + sender.name() + " " + action + " " + target,
                words,
                explained(there.terminal(), sender.name(), target, action.equals("send") ? 1 : 0),
                decision.isAllowed()
                        ? yes
                        : decision.presentation().word() + (ruleIsNamed ? " rule " + decision.rule() : ""),
                reply);
    }
}
