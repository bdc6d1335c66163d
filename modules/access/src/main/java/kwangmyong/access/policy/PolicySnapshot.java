package kwangmyong.access.policy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Policy}, compiled so that a decision costs the same whatever the number of rules, subjects and attachments. Immutable; any thread
 * may ask it.
 */
public final class PolicySnapshot {
    private static final int FEW = 8;

    private final Policy policy;
    private final Compiled compiled;
    private final Population people;
    private final Map<String, List<Grant>> grants;
    private final String hash;

    private PolicySnapshot(Policy policy, Compiled compiled, Population people) {
        this.policy = policy;
        this.compiled = compiled;
        this.people = people;
        this.grants = bySubject(policy.grants());
        this.hash = compiled.canonical.hash(policy.lattice(), people.digest, policy.grants());
    }

    public static PolicySnapshot of(Policy policy) {
        return new PolicySnapshot(policy, new Compiled(policy), new Population(policy.subjects()));
    }

    /** The same rules under other grants; shares everything that does not depend on them. */
    public PolicySnapshot withGrants(List<Grant> current) {
        return new PolicySnapshot(policy.withGrants(current), compiled, people);
    }

    /** The same rules and grants for other people; shares everything that does not depend on them. */
    public PolicySnapshot withSubjects(List<Subject> current) {
        return new PolicySnapshot(policy.withSubjects(current), compiled, new Population(current));
    }

    public Policy policy() {
        return policy;
    }

    /** The first 16 hexadecimal digits of the SHA-256 of a canonical text of the policy, people and grants included. */
    public String hash() {
        return hash;
    }

    public @Nullable Subject subject(String name) {
        return people.named(name);
    }

    /** Where an address is plugged in: the attachment with the longest prefix that contains it, null when there is none. */
    public @Nullable Attachment attachmentOf(InetAddress terminal) {
        return compiled.attachmentIndex.find(terminal);
    }

    /** The attachment of that name; null when there is none. */
    public @Nullable Attachment attachment(String name) {
        return compiled.attachments.get(name);
    }

    /** The attachment of an identity as declared now; null when there is none of its name. */
    @Nullable
    @SuppressWarnings("ReferenceEquality") // the very one is usual, an equal one is looked for afterwards
    Attachment current(Identity who) {
        Attachment then = who.attachment();
        if (then == null) {
            return null;
        }
        for (Attachment attachment : compiled.inOrder) {
            if (attachment == then) {
                return then;
            }
        }
        return compiled.attachments.get(then.name());
    }

    /** Whose seat a terminal is; null when it is nobody's. */
    public @Nullable String ownerOf(InetAddress terminal) {
        return people.ownerOf(terminal);
    }

    /** Every seat with its owner. */
    public Map<InetAddress, String> seats() {
        return people.seats();
    }

    /** What counts for a subject at an attachment: clearance and standing grants, under the ceiling. */
    public Clearance held(Subject subject, Attachment attachment, Instant when) {
        return held(subject.name(), subject.clearance(), attachment, when);
    }

    /** What counts for whoever is there; null when nobody is, or somebody who is no longer declared. */
    @Nullable
    Clearance held(Identity who, Attachment attachment, Instant when) {
        String subject = who.subject();
        Clearance clearance = subject == null ? null : people.clearanceOf(subject);
        return subject == null || clearance == null ? null : held(subject, clearance, attachment, when);
    }

    private Clearance held(String subject, Clearance own, Attachment attachment, Instant when) {
        Clearance clearance = own;
        if (!grants.isEmpty()) {
            for (Grant grant : grants.getOrDefault(subject, List.of())) {
                if (grant.standsAt(when)) {
                    clearance = clearance.join(grant.added());
                }
            }
        }
        return clearance.under(attachment.ceiling());
    }

    NameIndex index() {
        return compiled.index;
    }

    /** Whose mailbox it is; null when nobody has it. */
    public @Nullable Subject mailboxOwner(String address) {
        return people.withMailbox(address);
    }

    boolean arePaired(String one, String other) {
        return one.equals(other) || compiled.pairs.getOrDefault(one, List.of()).contains(other);
    }

    private static Map<String, List<Grant>> bySubject(List<Grant> grants) {
        Map<String, List<Grant>> bySubject = new HashMap<>();
        for (Grant grant : grants) {
            bySubject
                    .computeIfAbsent(grant.subject(), name -> new ArrayList<>(1))
                    .add(grant);
        }
        return bySubject;
    }

    /** What depends neither on people nor on grants. */
    private static final class Compiled {
        final Map<String, Attachment> attachments = new LinkedHashMap<>();
        /** The first few, which are mostly asked for. */
        final Attachment[] inOrder;

        final Map<String, List<String>> pairs = new HashMap<>();
        final AttachmentIndex attachmentIndex;
        final NameIndex index;
        final CanonicalPolicy canonical;

        Compiled(Policy policy) {
            policy.attachments().forEach(attachment -> attachments.putIfAbsent(attachment.name(), attachment));
            inOrder = attachments.values().stream().limit(FEW).toArray(Attachment[]::new);
            policy.mail().pairs().forEach(pair -> {
                pairs.computeIfAbsent(pair.one(), name -> new ArrayList<>()).add(pair.other());
                pairs.computeIfAbsent(pair.other(), name -> new ArrayList<>()).add(pair.one());
            });
            attachmentIndex = new AttachmentIndex(policy.attachments());
            index = new NameIndex(policy.rules(), policy.captive());
            canonical = new CanonicalPolicy(policy);
        }
    }
}
