package kwangmyong.console.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.access.api.LabControl;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.PolicyDiff;
import kwangmyong.access.api.Scope;
import org.jspecify.annotations.Nullable;

/** A lab of one listener whose clock stands where it was put. */
public final class ScriptedControl implements LabControl {
    final List<String> movers = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    Instant now = ScriptedOperations.NOW;
    PolicyDiff comparison = new PolicyDiff("0", "0", 12, List.of());
    Reloaded reload = new Reloaded(true, List.of("2 rules changed"));

    @Override
    public List<Part> parts() {
        return List.of(new Part("dns/udp", "10.76.0.1:53"));
    }

    @Override
    public Reloaded reload(String by) {
        return reload;
    }

    @Override
    public PolicyDiff compare(@Nullable String name) {
        if (name != null) {
            throw OperationException.missing("there is no lab '" + name + "'");
        }
        return comparison;
    }

    @Override
    public void moveClock(Instant target, String by) {
        now = target;
        movers.add(by);
    }

    @Override
    public void outOfScope(String by, String what, Scope needed) {
        refused.add(by + " " + what + " " + needed.word());
    }
}
