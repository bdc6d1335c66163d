package kwangmyong.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.access.store.Change;
import kwangmyong.access.store.Kept;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Hours;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.service.LabClock;

/**
 * The rules in force: those declared, with the grants given since. One reference, which any thread may read and only the controller's thread
 * replaces.
 */
final class Grants implements Keeper {
    private final LabClock clock;
    private final AtomicReference<PolicySnapshot> inForce;
    private List<Grant> declared;
    private List<Grant> given = List.of();
    /** Those given when the changes were last settled. */
    private List<Grant> settled = List.of();

    private BitSet standing = new BitSet();

    Grants(Policy policy, LabClock clock) {
        this.clock = clock;
        this.declared = policy.grants();
        this.inForce = new AtomicReference<>(PolicySnapshot.of(policy));
        this.standing = standing();
    }

    PolicySnapshot snapshot() {
        return Objects.requireNonNull(inForce.get());
    }

    /** Those given while the lab ran, in order of giving. */
    List<Grant> given() {
        return given;
    }

    boolean isDeclared(String id) {
        return declared.stream().anyMatch(grant -> grant.id().equals(id));
    }

    void restore(List<Grant> saved) {
        Instant now = clock.now();
        settled = List.copyOf(saved);
        give(saved.stream().filter(grant -> now.isBefore(grant.until())).toList());
    }

    @Override
    public List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        settled.stream()
                .filter(grant -> !given.contains(grant))
                .forEach(grant -> changes.add(Change.remove(Kept.Grant.class, grant.id())));
        given.stream()
                .filter(grant -> !settled.contains(grant))
                .forEach(grant -> changes.add(
                        Change.put(KeptForms.of(grant, snapshot().policy().lattice()))));
        return changes;
    }

    @Override
    public void settled() {
        settled = given;
    }

    @Override
    public void undo() {
        give(settled);
    }

    void add(Grant grant) {
        List<Grant> more = new ArrayList<>(given);
        more.add(grant);
        give(more);
    }

    void remove(Grant grant) {
        give(given.stream().filter(other -> !other.equals(grant)).toList());
    }

    /** Given ones whose time is over. */
    List<Grant> over() {
        Instant now = clock.now();
        return given.stream().filter(grant -> !now.isBefore(grant.until())).toList();
    }

    void reload(PolicySnapshot compiled) {
        declared = compiled.policy().grants();
        inForce.set(compiled);
        give(given.stream()
                .filter(grant -> compiled.subject(grant.subject()) != null)
                .toList());
    }

    private void give(List<Grant> current) {
        given = List.copyOf(current);
        List<Grant> all = new ArrayList<>(declared);
        all.addAll(given);
        inForce.set(snapshot().withGrants(all));
        standing = standing();
    }

    /** The next instant after {@code now} at which an hour or a grant begins or ends by itself; {@link Instant#MAX} when none does. */
    Instant nextTurn(Instant now) {
        Policy policy = snapshot().policy();
        Instant next = Instant.MAX;
        for (Grant grant : policy.grants()) {
            next = earlier(next, grant.from(), now);
            next = earlier(next, grant.until(), now);
        }
        for (Rule rule : policy.rules()) {
            Hours hours = rule.hours();
            if (hours != null) {
                Instant turn = hours.nextTurn(now);
                next = turn.isBefore(next) ? turn : next;
            }
        }
        return next;
    }

    private static Instant earlier(Instant one, Instant other, Instant now) {
        return other.isAfter(now) && other.isBefore(one) ? other : one;
    }

    /** Whether an hour or a declared grant has begun or ended since this was last asked. */
    boolean hasTurned() {
        BitSet before = standing;
        standing = standing();
        return !standing.equals(before);
    }

    private BitSet standing() {
        Instant now = clock.now();
        Policy policy = snapshot().policy();
        BitSet bits = new BitSet();
        int next = 0;
        for (Grant grant : policy.grants()) {
            bits.set(next++, grant.standsAt(now));
        }
        for (Rule rule : policy.rules()) {
            Hours hours = rule.hours();
            if (hours != null) {
                bits.set(next++, hours.contains(now));
            }
        }
        return bits;
    }
}
