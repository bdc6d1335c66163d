package kwangmyong.access;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kwangmyong.access.account.AccountConfig;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Captive;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.MailPolicy;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.policy.Subject;
import org.jspecify.annotations.Nullable;

/** The rules of the default lab, written out by hand as configuration would read them. */
public final class DefaultLab {
    public static final Lattice LATTICE = new Lattice(
            List.of("resident", "cleared", "official", "leadership"),
            List.of("library", "news", "mail", "directory", "world"));

    private DefaultLab() {}

    public static Policy policy() {
        return new Policy(
                LATTICE,
                subjects(),
                attachments(),
                rules(),
                new MailPolicy(
                        LATTICE.classification("cleared + mail"),
                        Set.of("silibank.net.kp"),
                        MailPolicy.Writing.PAIRS,
                        Set.of(new MailPolicy.Pair("academic", "trader"), new MailPolicy.Pair("official", "leader"))),
                new Captive(
                        "portal.kp",
                        Set.of("connectivitycheck.gstatic.com", "captive.apple.com"),
                        List.of(address("10.76.0.1"), address("fd00:76::1"))),
                Denials.DEFAULT,
                List.of(),
                true);
    }

    public static Policy with(Policy policy, List<Rule> rules) {
        return new Policy(
                policy.lattice(),
                policy.subjects(),
                policy.attachments(),
                rules,
                policy.mail(),
                policy.captive(),
                policy.denials(),
                policy.grants(),
                policy.seatsAreExclusive());
    }

    public static List<AccountConfig> accounts() {
        return policy().subjects().stream()
                .map(subject -> AccountConfig.demonstration(subject.name()))
                .toList();
    }

    public static InetAddress address(String text) {
        return Addresses.parse(text);
    }

    private static List<Subject> subjects() {
        return List.of(
                subject("resident", "resident", null),
                subject("academic", "cleared + library + news + mail", "10.76.20.11"),
                subject("trader", "cleared + news + mail", "10.76.30.11"),
                subject("official", "official + library + news + mail + directory", "10.76.40.11"),
                subject("leader", "leadership + library + news + mail + directory + world", "10.76.50.11"),
                subject("delegate", "resident + news", null));
    }

    private static Subject subject(String name, String clearance, @Nullable String seat) {
        return new Subject(
                name,
                name,
                LATTICE.clearance(clearance),
                seat == null ? Set.of() : Set.of(address(seat)),
                seat == null ? null : name + "@silibank.net.kp");
    }

    private static List<Attachment> attachments() {
        return List.of(
                attachment("cafe", "cleared", Attachment.LogIn.PORTAL, "10.76.10.0/24", "fd00:76:10::/64"),
                attachment("campus", "cleared", Attachment.LogIn.SEAT, "10.76.20.0/24", "fd00:76:20::/64"),
                attachment("office", "official", Attachment.LogIn.SEAT, "10.76.30.0/24", "10.76.40.0/24"),
                attachment("residence", "leadership", Attachment.LogIn.SEAT, "10.76.50.0/24"),
                attachment("hotel", "resident + news + world", Attachment.LogIn.PORTAL, "10.76.60.0/24"),
                attachment("workbench", "official", Attachment.LogIn.PORTAL, "10.0.0.0/24"));
    }

    private static Attachment attachment(String name, String ceiling, Attachment.LogIn logIn, String... ranges) {
        return new Attachment(
                name, Arrays.stream(ranges).map(AddressRange::parse).toList(), LATTICE.ceiling(ceiling), logIn, null);
    }

    private static List<Rule> rules() {
        return List.of(
                allow("registry", "resident", "kp", "com.kp", "edu.kp", "net.kp", ".kptc.kp"),
                allow("national-portal", "resident", ".naenara.com.kp"),
                allow("leisure", "resident", ".airkoryo.com.kp", ".cooks.org.kp", ".korfilm.com.kp"),
                allow("library-reading", "cleared + library", "namsan.aca.kp", "lib.*.edu.kp"),
                allow("news-mirrors", "resident + news", ".kcna.kp", ".rodong.rep.kp", ".vok.rep.kp"),
                allow("institutions", "cleared", "ryongnamsan.edu.kp", "www.ryongnamsan.edu.kp", ".friend.com.kp"),
                allow("mail-hosts", "cleared + mail", ".silibank.net.kp", ".star.net.kp"),
                allow("directory", "official + directory", ".directory.gov.kp"),
                allow("world", "resident + world", ".dailynk.com", ".wikipedia.org", ".example.com"));
    }

    public static Rule allow(String id, String needed, String... names) {
        return rule(Rule.Effect.ALLOW, id, needed, names);
    }

    public static Rule deny(String id, String... names) {
        return rule(Rule.Effect.DENY, id, "resident", names);
    }

    private static Rule rule(Rule.Effect effect, String id, String needed, String... names) {
        return new Rule(
                id,
                effect,
                Stream.of(names).map(NamePattern::new).collect(Collectors.toList()),
                LATTICE.classification(needed),
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                false,
                null);
    }
}
