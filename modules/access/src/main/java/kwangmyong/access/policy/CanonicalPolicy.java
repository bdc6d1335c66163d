package kwangmyong.access.policy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Hours;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The canonical text of a policy: one line for each thing declared, in order of declaration, sets sorted. Equal policies have equal texts,
 * whatever process reads them, so the hash of one names the rules in force. Subjects and grants stand behind the digest of the rest, so that
 * giving a grant or adding somebody does not write all rules again.
 */
final class CanonicalPolicy {
    private static final int HASH_BYTES = 8;

    private final byte[] declared;

    CanonicalPolicy(Policy policy) {
        MessageDigest digest = sha256();
        line(digest, "levels", policy.lattice().levels());
        line(digest, "compartments", policy.lattice().compartments());
        policy.attachments()
                .forEach(a ->
                        line(digest, "attachment", a.name(), a.ranges(), a.ceiling(), a.logIn(), denials(a.denial())));
        policy.rules()
                .forEach(r -> line(
                        digest,
                        "rule",
                        r.id(),
                        r.effect(),
                        r.names(),
                        r.needed(),
                        sorted(r.subjects()),
                        sorted(r.attachments()),
                        sorted(r.actions()),
                        r.hours() == null ? "always" : hours(r.hours()),
                        r.withoutLogIn(),
                        denials(r.denial()),
                        r.overTcpOnly(),
                        r.intercepted(),
                        r.ports()));
        var mail = policy.mail();
        line(digest, "mail", mail.needed(), sorted(mail.domains()), mail.writing(), sorted(mail.pairs()));
        var captive = policy.captive();
        line(digest, "captive", captive.portalHost(), sorted(captive.connectivityNames()), captive.addresses());
        line(digest, "denials", denials(policy.denials()), policy.seatsAreExclusive());
        declared = digest.digest();
    }

    /** Of who there is. */
    static byte[] digest(List<Subject> subjects) {
        MessageDigest digest = sha256();
        subjects.forEach(s ->
                line(digest, "subject", s.name(), s.clearance(), addresses(s.seats()), String.valueOf(s.mailbox())));
        return digest.digest();
    }

    /** @param people as {@link #digest} tells */
    String hash(Lattice lattice, byte[] people, List<Grant> grants) {
        MessageDigest digest = sha256();
        digest.update(declared);
        digest.update(people);
        for (Grant grant : grants) {
            line(digest, "grant", grant.subject(), lattice.show(grant.added()), grant.from(), grant.until());
        }
        return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    }

    private static void line(MessageDigest digest, Object... fields) {
        for (Object field : fields) {
            digest.update(field.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\t');
        }
        digest.update((byte) '\n');
    }

    private static String sorted(Collection<?> values) {
        return values.stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
    }

    private static String addresses(Collection<InetAddress> addresses) {
        return sorted(addresses.stream().map(InetAddress::getHostAddress).toList());
    }

    private static String hours(Hours hours) {
        return sorted(hours.days()) + " " + hours.from() + " " + hours.to() + " " + hours.zone() + " " + hours.since()
                + " " + hours.until();
    }

    private static String denials(@Nullable Denials denials) {
        return denials == null
                ? "as usual"
                : word(denials.dns()) + " " + word(denials.http()) + " " + word(denials.mail()) + " "
                        + word(denials.border());
    }

    private static String word(Presentation presentation) {
        // The word alone does not tell one record of these from another.
        return presentation instanceof Presentation.Sinkhole
                        || presentation instanceof Presentation.Forged
                        || presentation instanceof Presentation.Truncated
                ? presentation.toString()
                : presentation.word();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has it
        }
    }
}
