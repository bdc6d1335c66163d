package kwangmyong.access.policy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import kwangmyong.access.DefaultLab;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a decision costs one thread as the number of rules and subjects grows. Not part of the build: {@code scripts/benchmark access} runs it. Names are
 * strings of their own in each access, so that nothing but the index is warm. Public, with public methods, since JMH's generated code asks for that.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 50, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked Setup first
public class DecisionBenchmark {
    private static final InetAddress TERMINAL = DefaultLab.address("10.76.20.11");

    /** As many rules as subjects. */
    @Param({"100", "10000", "100000"})
    public int size;

    /** How many different accesses are decided in turn: few are in the processor's own cache, many are not. */
    @Param("1024")
    public int accesses;

    private PolicySnapshot snapshot;
    private Access[] allowed;
    private Access[] covered;
    private int next;

    @Setup
    public void compile() {
        Policy policy = policy(size, size);
        snapshot = PolicySnapshot.of(policy);
        allowed = accesses(policy, "host%d.zone%d.kp");
        covered = accesses(policy, "www.host%d.zone%d.kp");
    }

    /** A name that a rule allows. */
    @Benchmark
    public Decision allows() {
        return Decisions.decide(snapshot, allowed[next++ & (accesses - 1)]);
    }

    /** A name below those of rules, which none covers. */
    @Benchmark
    public Decision findsNoRule() {
        return Decisions.decide(snapshot, covered[next++ & (accesses - 1)]);
    }

    static Policy policy(int rules, int subjects) {
        Policy lab = DefaultLab.policy();
        List<Rule> all = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            String name = "host" + i + ".zone" + i % 97 + ".kp";
            all.add(
                    i % 10 == 9
                            ? DefaultLab.deny("r" + i, "*.bad." + name)
                            : DefaultLab.allow("r" + i, "cleared", name));
        }
        List<Subject> people = new ArrayList<>();
        for (int i = 0; i < subjects; i++) {
            people.add(new Subject("s" + i, "somebody", DefaultLab.LATTICE.clearance("cleared"), Set.of(), null));
        }
        return DefaultLab.with(lab.withSubjects(people), all);
    }

    private Access[] accesses(Policy policy, String form) {
        var random = new Random(7);
        Access[] made = new Access[accesses];
        for (int i = 0; i < made.length; i++) {
            int rule = random.nextInt(size);
            String subject = policy.subjects().get(random.nextInt(size)).name();
            var session = new Session("x", subject, TERMINAL, Instant.EPOCH, null, Session.Origin.SEAT);
            var who = new Identity(TERMINAL, policy.attachments().get(1), session);
            var name = new Resource.Name(String.format(form, rule, rule % 97), "A");
            made[i] = new Access(who, Layer.DNS, Action.RESOLVE, name, Instant.EPOCH);
        }
        return made;
    }
}
