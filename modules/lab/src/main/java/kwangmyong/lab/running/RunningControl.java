package kwangmyong.lab.running;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import kwangmyong.access.api.LabControl;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.PolicyDiff;
import kwangmyong.access.api.Scope;
import kwangmyong.access.diff.PolicyComparison;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.service.Service;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.outcome.UsageException;
import org.jspecify.annotations.Nullable;

/** What operators ask of a running lab as a whole. */
final class RunningControl implements LabControl {
    private static final int NAMES_SHOWN = 5;

    private final Lab lab;
    /** A comparison may cost a processor for minutes. */
    private final ReentrantLock comparing = new ReentrantLock();

    RunningControl(Lab lab) {
        this.lab = lab;
    }

    @Override
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("lab", lab.declaration().name() + mode()));
        parts.add(new Part("state", lab.state().root().toString()));
        parts.add(new Part("interception", interception(lab.declaration())));
        for (Service service : lab.services()) {
            if (service.name().equals("sites")) {
                parts.add(new Part("sites", service.listeners().size() + " listeners"));
            } else {
                service.listeners().stream()
                        .sorted(Comparator.comparing(Service.Listener::protocol))
                        .forEach(listener -> parts.add(new Part(
                                listener.protocol(),
                                Addresses.text(listener.address()) + " at " + Addresses.text(listener.socket()))));
            }
        }
        return parts;
    }

    private String mode() {
        if (lab.plan().isLoopback()) {
            return ", loopback mode (no isolation)";
        }
        return lab.isolation() == null ? ", container mode" : ", isolated mode";
    }

    /** Which rules open TLS, and of what. */
    private static String interception(LabDeclaration declaration) {
        String rules = declaration.policy().rules().stream()
                .filter(rule -> rule.effect() == Rule.Effect.ALLOW && rule.intercepted())
                .map(rule -> rule.id() + " ("
                        + rule.names().stream()
                                .limit(NAMES_SHOWN)
                                .map(NamePattern::text)
                                .collect(Collectors.joining(", "))
                        + (rule.names().size() > NAMES_SHOWN ? ", …)" : ")"))
                .collect(Collectors.joining(", "));
        return rules.isEmpty() ? "off: no rule opens TLS" : "TLS is opened by " + rules;
    }

    @Override
    public Reloaded reload(String by) {
        try {
            Lab.Reloaded reloaded = lab.reload();
            List<String> lines = new ArrayList<>(List.of("the rules in force are " + reloaded.hash()));
            if (!reloaded.faults().isEmpty()) {
                lines.add("zones with faults stay as they were; the others are taken");
                reloaded.faults().forEach(fault -> lines.add(fault.toString()));
            }
            return new Reloaded(reloaded.faults().isEmpty(), lines);
        } catch (UsageException wrong) {
            return new Reloaded(
                    false, String.valueOf(wrong.getMessage()).lines().toList());
        }
    }

    @Override
    public PolicyDiff compare(@Nullable String name) {
        if (!comparing.tryLock()) {
            throw OperationException.conflict("another comparison is under way");
        }
        try {
            LabDeclaration other = Declared.orExplain(name == null ? lab.folder() : named(name));
            return PolicyComparison.between(
                    PolicySnapshot.of(lab.declaration().policy()),
                    PolicySnapshot.of(other.policy()),
                    lab.clock().now());
        } catch (UsageException faulty) {
            throw new OperationException(String.valueOf(faulty.getMessage()));
        } finally {
            comparing.unlock();
        }
    }

    /** By its name alone: operators over the network have no paths of this machine read. */
    private static LabFolder named(String name) {
        if (!LabFolder.names().contains(name)) {
            throw OperationException.missing(
                    "there is no lab '" + name + "' (expected: one of " + String.join(", ", LabFolder.names()) + ")");
        }
        return LabFolder.find(name);
    }

    @Override
    public void moveClock(Instant target, String by) {
        Instant before = moved(target);
        record(new Event(
                target, Layer.CONSOLE, null, "clock", target.toString(), null, by + " moved it from " + before, 0));
    }

    private Instant moved(Instant target) {
        try {
            return lab.moveClock(target);
        } catch (UsageException stays) {
            throw new OperationException(String.valueOf(stays.getMessage()));
        }
    }

    @Override
    public void outOfScope(String by, String what, Scope needed) {
        record(new Event(
                lab.clock().now(),
                Layer.CONSOLE,
                null,
                "out-of-scope",
                what,
                null,
                "operator " + by + " lacks the scope " + needed.word(),
                0));
    }

    private void record(Event event) {
        lab.journal().record(event);
    }
}
