package kwangmyong.testkit;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Verdict;

/** A policy that a test writes as a function, and may replace to see open connections re-decided. */
public final class ScriptedPolicy implements AccessPolicy {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Function<Access, Decision> rules;
    private volatile boolean steady;

    public ScriptedPolicy(Function<Access, Decision> rules) {
        this.rules = rules;
    }

    /** Allows everything under rule {@code test}. */
    public static ScriptedPolicy allowingAll() {
        return new ScriptedPolicy(access -> allow("test"));
    }

    public static Decision allow(String rule) {
        return new Decision(
                Verdict.ALLOW, rule, Reason.RULE, null, null, Presentation.AsAsked.AS_ASKED, "0000000000000000");
    }

    public static Decision deny(Reason reason, Presentation presentation) {
        return new Decision(Verdict.DENY, Decision.NO_RULE, reason, null, null, presentation, "0000000000000000");
    }

    /** Replaces the function and tells every listener, as a reload does. */
    public void become(Function<Access, Decision> newRules) {
        rules = newRules;
        listeners.forEach(Runnable::run);
    }

    @Override
    public Decision decide(Access access) {
        return rules.apply(access);
    }

    /** Promises that nothing changes but by {@link #become}. */
    public ScriptedPolicy steady() {
        steady = true;
        return this;
    }

    @Override
    public Instant steadyUntil(Instant now) {
        return steady ? Instant.MAX : now;
    }

    @Override
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
