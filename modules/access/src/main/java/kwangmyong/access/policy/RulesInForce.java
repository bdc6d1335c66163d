package kwangmyong.access.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Hours;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.service.LabClock;

/**
 * The rules in force: those declared, with the grants given and the people added since. One reference, which any thread may read and only the
 * desk's replaces.
 */
public final class RulesInForce {
    private final LabClock clock;
    private final AtomicReference<PolicySnapshot> inForce;
    private Policy declared;
    /** Of the rules declared, those that do not always hold. */
    private volatile List<Hours> hours;

    private List<Grant> given = List.of();
    private List<Subject> added = List.of();
    private BitSet standing;

    public RulesInForce(Policy policy, LabClock clock) {
        this(PolicySnapshot.of(policy), clock);
    }

    public RulesInForce(PolicySnapshot compiled, LabClock clock) {
        this.clock = clock;
        this.declared = compiled.policy();
        this.hours = hours(declared);
        this.inForce = new AtomicReference<>(compiled);
        this.standing = standing();
    }

    private static List<Hours> hours(Policy policy) {
        return policy.rules().stream()
                .map(Rule::hours)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    public PolicySnapshot snapshot() {
        return Objects.requireNonNull(inForce.get());
    }

    /** What the configuration says, without grants and people of the operators'. */
    public Policy declared() {
        return declared;
    }

    /** Those given while the lab ran, in order of giving. */
    public List<Grant> given() {
        return given;
    }

    public boolean isGrantDeclared(String id) {
        return declared.grants().stream().anyMatch(grant -> grant.id().equals(id));
    }

    public boolean isSubjectDeclared(String name) {
        return declared.subjects().stream().anyMatch(subject -> subject.name().equals(name));
    }

    /**
     * Takes back what an earlier run left.
     *
     * @param people who fit the rules that are declared
     * @param grants those of people who are not there, or whose time is over, are left out
     */
    public void restore(List<Subject> people, List<Grant> grants) {
        added = List.copyOf(people);
        inForce.set(snapshot().withSubjects(all(declared.subjects(), added)));
        Instant now = clock.now();
        give(grants.stream().filter(grant -> now.isBefore(grant.until())).toList());
    }

    public void give(UnaryOperator<List<Grant>> change) {
        give(change.apply(given));
    }

    /** Given ones whose time is over. */
    public List<Grant> over() {
        Instant now = clock.now();
        return given.stream().filter(grant -> !now.isBefore(grant.until())).toList();
    }

    /** Puts other people beside those declared; grants of who is there no longer end. */
    public void add(List<Subject> people) {
        added = List.copyOf(people);
        inForce.set(snapshot().withSubjects(all(declared.subjects(), added)));
        give(given);
    }

    public List<Subject> added() {
        return added;
    }

    public void reload(PolicySnapshot compiled, List<Subject> people) {
        declared = compiled.policy();
        hours = hours(declared);
        inForce.set(compiled);
        add(people);
    }

    private void give(List<Grant> current) {
        PolicySnapshot rules = snapshot();
        given = current.stream()
                .filter(grant -> rules.subject(grant.subject()) != null)
                .toList();
        inForce.set(rules.withGrants(all(declared.grants(), given)));
        standing = standing();
    }

    private static <T> List<T> all(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** The next instant after {@code now} at which an hour or a grant begins or ends by itself; {@link Instant#MAX} when none does. */
    public Instant nextTurn(Instant now) {
        Instant next = Instant.MAX;
        for (Grant grant : snapshot().policy().grants()) {
            next = earlier(next, grant.from(), now);
            next = earlier(next, grant.until(), now);
        }
        for (Hours some : hours) {
            Instant turn = some.nextTurn(now);
            next = turn.isBefore(next) ? turn : next;
        }
        return next;
    }

    private static Instant earlier(Instant one, Instant other, Instant now) {
        return other.isAfter(now) && other.isBefore(one) ? other : one;
    }

    /** On the desk: whether an hour or a declared grant has begun or ended since this was last asked. */
    public boolean hasTurned() {
        BitSet before = standing;
        standing = standing();
        return !standing.equals(before);
    }

    private BitSet standing() {
        Instant now = clock.now();
        BitSet bits = new BitSet();
        int next = 0;
        for (Grant grant : snapshot().policy().grants()) {
            bits.set(next++, grant.standsAt(now));
        }
        for (Hours some : hours) {
            bits.set(next++, some.contains(now));
        }
        return bits;
    }
}
