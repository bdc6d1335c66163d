package kwangmyong.access.operate;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import kwangmyong.access.api.GrantRequest;
import kwangmyong.access.api.GrantView;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.change.Desk;
import kwangmyong.access.change.Plan;
import kwangmyong.access.explain.Names;
import kwangmyong.access.policy.RulesInForce;
import kwangmyong.access.session.KeptForms;
import kwangmyong.access.store.Change;
import kwangmyong.access.store.Kept;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.policy.Grant;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.service.LabClock;

/** More clearance for a while: giving it, and taking it back. */
public final class GrantDesk {
    /** Ids have six characters behind their g. */
    private static final long ID_SPACE = 36L * 36 * 36 * 36 * 36;

    private final SecureRandom random = new SecureRandom();
    private final RulesInForce rules;
    private final Function<Grant, GrantView> view;
    private final LabClock clock;
    private final Desk desk;

    /** @param view a grant as shown now */
    public GrantDesk(RulesInForce rules, Function<Grant, GrantView> view, LabClock clock, Desk desk) {
        this.rules = rules;
        this.view = view;
        this.clock = clock;
        this.desk = desk;
    }

    private Policy policy() {
        return rules.snapshot().policy();
    }

    CompletionStage<GrantView> grant(GrantRequest request) {
        return desk.submit(() -> {
            Subject subject = Names.subject(rules.snapshot(), request.subject());
            if (request.lasting().isNegative()
                    || request.lasting().isZero()
                    || request.lasting().compareTo(GrantRequest.LONGEST) > 0) {
                throw new OperationException("a grant of " + request.lasting() + " (expected: more than zero, at most "
                        + GrantRequest.LONGEST.toDays() + " days)");
            }
            Clearance added = clearance(request.words());
            Instant now = KeptForms.kept(clock.now());
            Grant grant = new Grant(
                    freshId(), subject.name(), added, now, now.plus(request.lasting()), request.reason(), request.by());
            Event event = event(
                    "grant",
                    subject.name(),
                    policy().lattice().show(added) + " until " + grant.until() + " by " + request.by()
                            + (request.reason().isEmpty() ? "" : ": " + request.reason()));
            return Plan.change(
                    Set.of(Plan.subject(subject.name())),
                    List.of(event),
                    List.of(Change.put(KeptForms.of(grant, policy().lattice()))),
                    () -> {
                        rules.give(given -> {
                            List<Grant> more = new ArrayList<>(given);
                            more.add(grant);
                            return more;
                        });
                        return view.apply(grant);
                    });
        });
    }

    /** Short enough to be typed, and not one that was given before, so that the journal stays clear. */
    private String freshId() {
        return "g" + Long.toString(ID_SPACE + random.nextLong(ID_SPACE), Character.MAX_RADIX);
    }

    private Clearance clearance(String words) {
        try {
            return policy().lattice().clearance(words);
        } catch (IllegalArgumentException unknownWord) {
            throw new OperationException(String.valueOf(unknownWord.getMessage()));
        }
    }

    CompletionStage<GrantView> revoke(String id, String by) {
        return desk.submit(() -> {
            Grant grant = given(id.strip());
            return Plan.change(
                    Set.of(Plan.subject(grant.subject())),
                    List.of(event("revoke", grant.subject(), grant.id() + " by " + by)),
                    List.of(Change.remove(Kept.Grant.class, grant.id())),
                    () -> {
                        remove(grant);
                        return view.apply(grant);
                    });
        });
    }

    private void remove(Grant grant) {
        rules.give(given -> given.stream().filter(other -> !other.equals(grant)).toList());
    }

    private Grant given(String id) {
        List<Grant> given = rules.given();
        List<Grant> found = given.stream()
                .filter(grant -> grant.id().equals(id) || grant.subject().equals(id))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        } else if (rules.isGrantDeclared(id)) {
            throw OperationException.conflict("grant " + id + " is declared in the configuration; take it out there");
        } else if (found.isEmpty()) {
            throw OperationException.missing("there is no grant '" + id + "'"
                    + Names.nearest(id, given.stream().map(Grant::id).toList()));
        }
        throw OperationException.conflict(id + " has " + found.size() + " grants: "
                + String.join(", ", found.stream().map(Grant::id).toList()));
    }

    /** On the desk: ends the grants whose time is over; tells whether there were any. */
    public boolean endOver() {
        List<Grant> over = rules.over();
        for (Grant grant : over) {
            remove(grant);
            desk.keepLater(List.of(Change.remove(Kept.Grant.class, grant.id())));
            desk.note(List.of(event("grant-end", grant.subject(), grant.id())));
        }
        return !over.isEmpty();
    }

    private Event event(String action, String resource, String detail) {
        return new Event(clock.now(), Layer.CONSOLE, null, action, resource, null, detail, 0);
    }
}
