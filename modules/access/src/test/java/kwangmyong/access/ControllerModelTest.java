package kwangmyong.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kwangmyong.access.api.SessionView;
import kwangmyong.access.api.SubjectView;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.testkit.NaiveEvaluator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whatever order, the controller and a plain model of it say the same of everything: {@code -Dkwm.model.steps=100000} asks at length,
 * {@code -Dkwm.model.seed=} repeats what was printed.
 */
final class ControllerModelTest {
    private static final int STEPS = Integer.getInteger("kwm.model.steps", 4_000);
    private static final List<String> NAMES = List.of("www.naenara.com.kp", "kcna.kp", "namsan.aca.kp", "dailynk.com");

    private final long seed = Long.getLong("kwm.model.seed", System.nanoTime());
    private final ModelSteps steps = new ModelSteps(seed);
    private final ReferenceModel model = steps.model;

    @AfterEach
    void stop() {
        steps.close();
    }

    @Test
    void saysWhatAPlainModelSays() {
        System.out.println("kwm.model.seed=" + seed);
        for (int step = 0; step < STEPS; step++) {
            steps.step();
            Map<String, String> seen = seen();
            if (!seen.equals(model.seen())) {
                assertThat(seen).as(steps.story()).isEqualTo(model.seen());
            }
            decides();
        }
    }

    private Map<String, String> seen() {
        Map<String, String> seen = new TreeMap<>();
        for (SessionView session : steps.controller().operations().sessions()) {
            boolean whole = !session.origin().equals("credentials");
            Instant until = session.until();
            seen.put(
                    session.terminal() + " " + (whole ? "" : "by credentials of " + session.subject()),
                    session.subject() + " until " + (until == null ? "log-out" : until));
        }
        for (SubjectView subject : steps.controller().operations().subjects()) {
            subject.minutes()
                    .forEach(used ->
                            seen.put("used by " + subject.name() + " of " + used.quota(), used.usedSeconds() + " s"));
            if (subject.lock() != null) {
                seen.put("locked " + subject.name(), "yes");
            }
        }
        steps.controller()
                .operations()
                .grants()
                .forEach(grant -> seen.put("grant to " + grant.subject() + " until " + grant.until(), "yes"));
        return seen;
    }

    /** At a terminal of whoever is there, by the rules and by the naive evaluator. */
    private void decides() {
        InetAddress terminal = steps.pick(ModelLab.TERMINALS);
        var name = new Resource.Name(steps.pick(NAMES), "A");
        Identity who = steps.controller().sessions().at(terminal);
        Decision decision =
                steps.controller().decide(new Access(who, Layer.DNS, Action.RESOLVE, name, steps.clock.now()));
        Session there = model.at(terminal)
                .map(stay ->
                        new Session("model", stay.subject, terminal, steps.clock.now(), null, Session.Origin.PORTAL))
                .orElse(null);
        Identity asModelled = new Identity(terminal, model.place(terminal).orElse(null), there);
        Decision expected = new NaiveEvaluator(model.policy())
                .decide(new Access(asModelled, Layer.DNS, Action.RESOLVE, name, steps.clock.now()));
        if (!NaiveEvaluator.comparable(decision).equals(expected)) {
            assertThat(NaiveEvaluator.comparable(decision)).as(steps.story()).isEqualTo(expected);
        }
    }
}
