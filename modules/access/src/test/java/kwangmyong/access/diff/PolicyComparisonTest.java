package kwangmyong.access.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import kwangmyong.access.DefaultLab;
import kwangmyong.access.api.LayerDecision;
import kwangmyong.access.api.PolicyDiff;
import kwangmyong.access.policy.Decisions;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Hours;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import kwangmyong.testkit.RandomLab;
import org.junit.jupiter.api.Test;

final class PolicyComparisonTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final int LABS = Integer.getInteger("kwm.diff.labs", 10);
    private static final int ACCESSES = 3_000;

    private static PolicyDiff diff(Policy before, Policy after) {
        return PolicyComparison.between(PolicySnapshot.of(before), PolicySnapshot.of(after), NOW);
    }

    private static Policy with(Rule rule) {
        List<Rule> rules = new ArrayList<>(DefaultLab.policy().rules());
        rules.add(rule);
        return DefaultLab.with(DefaultLab.policy(), rules);
    }

    @Test
    void equalRulesDifferInNothing() {
        PolicyDiff diff = diff(DefaultLab.policy(), DefaultLab.policy());

        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.after()).isEqualTo(diff.before());
    }

    @Test
    void aRuleForOneSubjectNamesThatSubjectAndItsNamesAlone() {
        Rule plain = DefaultLab.allow("guests", "resident", "dailynk.com");
        Rule rule = new Rule(
                plain.id(),
                plain.effect(),
                plain.names(),
                plain.needed(),
                Set.of("delegate"),
                Set.of("hotel"),
                Set.of(Action.RESOLVE),
                null,
                false,
                null);

        PolicyDiff diff = diff(DefaultLab.policy(), with(rule));
        assertThat(diff.changes()).extracting(PolicyDiff.Change::resource).containsOnly("dailynk.com");
        assertThat(diff.changes()).extracting(PolicyDiff.Change::action).containsOnly("resolve");
        assertThat(diff.changes())
                .filteredOn(PolicyDiff.Change::isOfVerdict)
                .extracting(
                        PolicyDiff.Change::subject,
                        PolicyDiff.Change::attachment,
                        PolicyDiff.Change::action,
                        PolicyDiff.Change::resource,
                        PolicyDiff.Change::at,
                        change -> words(change.before()),
                        change -> words(change.after()))
                .containsExactly(tuple(
                        "delegate",
                        "hotel",
                        "resolve",
                        "dailynk.com",
                        null,
                        "deny world clearance",
                        "allow guests rule"));
    }

    private static String words(LayerDecision decision) {
        return decision.verdict() + " " + decision.rule() + " " + decision.reason();
    }

    @Test
    void aSuffixNamesItselfWhatIsBelowAndNothingElse() {
        PolicyDiff diff = diff(DefaultLab.policy(), with(DefaultLab.deny("no-news", ".kcna.kp")));

        assertThat(diff.changes()).extracting(PolicyDiff.Change::resource).containsOnly("kcna.kp", "*.kcna.kp");
        assertThat(diff.changes()).extracting(PolicyDiff.Change::subject).doesNotContainNull();
    }

    @Test
    void hoursNameAMomentAtWhichItDiffers() {
        Rule plain = DefaultLab.deny("closed", "namsan.aca.kp");
        var night = new Hours(
                Set.of(DayOfWeek.values()), LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("Asia/Pyongyang"));
        Rule rule = new Rule(
                plain.id(),
                plain.effect(),
                plain.names(),
                plain.needed(),
                Set.of(),
                Set.of(),
                Set.of(Action.FETCH),
                night,
                false,
                null);

        assertThat(diff(DefaultLab.policy(), with(rule)).changes())
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.at()).isEqualTo(Instant.parse("2026-03-01T13:00:00Z")));
    }

    @Test
    void whoComesOrGoesAndWhatTheyMayWriteToIsNamed() {
        Policy before = DefaultLab.policy();
        Policy after = before.withSubjects(before.subjects().stream()
                .filter(subject -> !subject.name().equals("trader"))
                .toList());

        List<PolicyDiff.Change> changes = diff(before, after).changes();

        assertThat(changes)
                .filteredOn(change -> change.action().equals("send") && "academic".equals(change.subject()))
                .extracting(PolicyDiff.Change::resource)
                .containsOnly("trader@silibank.net.kp");
        assertThat(changes)
                .filteredOn(change -> "trader".equals(change.subject()))
                .allSatisfy(change -> assertThat(words(change.after())).contains("not-logged-in"));
    }

    /** Whatever somebody asks for: where the two rules decide otherwise, the comparison has named such a change. */
    @Test
    void namesEveryDecisionThatBruteForceFinds() {
        long seed = Long.getLong("kwm.diff.seed", System.nanoTime());
        System.out.println("kwm.diff.seed=" + seed);
        for (int lab = 0; lab < LABS; lab++) {
            Random random = new Random(seed + lab);
            RandomLab labs = new RandomLab(seed + lab);
            Policy before = labs.policy();
            Policy after = changed(before, new RandomLab(seed + lab + 1_000_000).policy(), random);
            checkAgainstBruteForce(labs, PolicySnapshot.of(before), PolicySnapshot.of(after), "lab " + (seed + lab));
        }
    }

    private record Told(String subject, String attachment, String action, String before, String after) {}

    private static void checkAgainstBruteForce(
            RandomLab labs, PolicySnapshot before, PolicySnapshot after, String description) {
        PolicyDiff diff = PolicyComparison.between(before, after, NOW);
        Set<Told> told = new HashSet<>();
        diff.changes()
                .forEach(change -> told.add(new Told(
                        String.valueOf(change.subject()),
                        String.valueOf(change.attachment()),
                        change.action(),
                        words(change.before()) + " " + change.before().presentation(),
                        words(change.after()) + " " + change.after().presentation())));
        Set<Told> missing = new HashSet<>();
        for (int i = 0; i < ACCESSES; i++) {
            Access access = natural(labs.access());
            Decision old = decide(before, access);
            Decision now = decide(after, access);
            if (!words(old).equals(words(now))) {
                var found = new Told(
                        String.valueOf(access.who().subject()),
                        attachment(before, after, access),
                        access.action().word(),
                        words(old),
                        words(now));
                // A subject of neither counts as nobody there.
                boolean known = access.who().subject() == null
                        || before.subject(access.who().subject()) != null
                        || after.subject(access.who().subject()) != null;
                if (known && !told.contains(found)) {
                    missing.add(found);
                }
            }
        }
        assertThat(missing.stream().limit(5)).as(description).isEmpty();
    }

    private static String attachment(PolicySnapshot before, PolicySnapshot after, Access access) {
        return String.valueOf(new PlaceClasses.Place(
                        access.who().terminal(),
                        before.attachmentOf(access.who().terminal()),
                        after.attachmentOf(access.who().terminal()))
                .shown());
    }

    private static String words(Decision decision) {
        return decision.verdict().word() + " " + decision.rule() + " "
                + decision.reason().word() + " " + decision.presentation().word();
    }

    private static Decision decide(PolicySnapshot rules, Access access) {
        Attachment place = rules.attachmentOf(access.who().terminal());
        Identity who = new Identity(access.who().terminal(), place, access.who().session());
        return Decisions.decide(
                rules, new Access(who, access.layer(), access.action(), access.resource(), access.when()));
    }

    /** In the layer where it is asked for. */
    private static Access natural(Access access) {
        Action action = access.action();
        Resource resource = access.resource();
        if (resource instanceof Resource.ServiceName service) {
            Layer layer = switch (service.name()) {
                case "mail" -> Layer.MAIL;
                case "portal" -> Layer.PORTAL;
                case "gateway" -> Layer.GATEWAY;
                default -> Layer.CONSOLE;
            };
            action = Action.LOG_IN;
            return new Access(access.who(), layer, action, resource, access.when());
        } else if (resource instanceof Resource.Mailbox) {
            action = action == Action.READ ? action : Action.SEND;
            return new Access(access.who(), Layer.MAIL, action, resource, access.when());
        } else if (resource instanceof Resource.Flow) {
            return new Access(access.who(), Layer.BORDER, Action.FLOW, resource, access.when());
        } else if (resource instanceof Resource.Page) {
            return new Access(access.who(), Layer.GATEWAY, Action.FETCH, resource, access.when());
        } else if (resource instanceof Resource.Endpoint) {
            return new Access(access.who(), Layer.GATEWAY, Action.TUNNEL, resource, access.when());
        }
        action = action == Action.TRANSFER ? action : Action.RESOLVE;
        boolean isAddress = Addresses.isNumeric(resource.name());
        return isAddress
                ? new Access(
                        access.who(),
                        Layer.GATEWAY,
                        Action.TUNNEL,
                        new Resource.Endpoint(resource.name(), 1),
                        access.when())
                : new Access(access.who(), Layer.DNS, action, resource, access.when());
    }

    /** The same lab with something of everything else. */
    private static Policy changed(Policy policy, Policy other, Random random) {
        List<Rule> rules = new ArrayList<>(policy.rules());
        if (!rules.isEmpty() && random.nextBoolean()) {
            rules.remove(random.nextInt(rules.size()));
        }
        if (!other.rules().isEmpty() && random.nextBoolean()) {
            rules.add(
                    random.nextInt(rules.size() + 1),
                    other.rules().get(random.nextInt(other.rules().size())));
        }
        List<Subject> subjects = new ArrayList<>(policy.subjects());
        if (random.nextInt(3) == 0) {
            subjects.remove(random.nextInt(subjects.size()));
        }
        List<Attachment> attachments = random.nextInt(4) == 0 ? other.attachments() : policy.attachments();
        List<Grant> grants = random.nextInt(3) == 0 ? List.of() : policy.grants();
        return new Policy(
                policy.lattice(),
                subjects,
                attachments,
                rules,
                random.nextInt(4) == 0 ? other.mail() : policy.mail(),
                policy.captive(),
                random.nextInt(6) == 0 ? other.denials() : policy.denials(),
                grants,
                policy.seatsAreExclusive());
    }
}
