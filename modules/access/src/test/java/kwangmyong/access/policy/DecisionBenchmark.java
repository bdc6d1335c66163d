package kwangmyong.access.policy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import kwangmyong.access.DefaultLab;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;

/**
 * What a decision costs, in nanoseconds, as the number of rules and subjects grows. Not part of the build: run {@code main} with the module's
 * test class path. Names are new strings each time, so that nothing but the index is warm; each figure is the best of several rounds, as
 * other work on the machine only ever adds.
 */
final class DecisionBenchmark {
    private static final int ACCESSES = 1 << 10;
    private static final int ROUNDS = 2_000;
    private static final InetAddress TERMINAL = DefaultLab.address("10.76.20.11");

    private DecisionBenchmark() {}

    public static void main(String[] arguments) {
        System.out.printf(
                "%10s %10s %14s %14s %14s%n", "rules", "subjects", "allowed, ns", "no rule, ns", "compiled, ms");
        measure(100, 10);
        for (int size : new int[] {100, 1_000, 10_000, 100_000}) {
            measure(size, size);
        }
    }

    private static void measure(int rules, int subjects) {
        Policy policy = policy(rules, subjects);
        long before = System.nanoTime();
        PolicySnapshot snapshot = PolicySnapshot.of(policy);
        long compiled = System.nanoTime() - before;
        double allowed = best(snapshot, accesses(policy, rules, subjects, "host%d.zone%d.kp"));
        double none = best(snapshot, accesses(policy, rules, subjects, "www.host%d.zone%d.kp"));
        System.out.printf("%10d %10d %14.1f %14.1f %14d%n", rules, subjects, allowed, none, compiled / 1_000_000);
    }

    private static double best(PolicySnapshot snapshot, Access[] accesses) {
        long best = Long.MAX_VALUE;
        int allowed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = System.nanoTime();
            for (Access access : accesses) {
                allowed += Decisions.decide(snapshot, access).isAllowed() ? 1 : 0;
            }
            best = Math.min(best, System.nanoTime() - before);
        }
        if (allowed < 0) {
            throw new AssertionError(); // uses what was computed
        }
        return (double) best / accesses.length;
    }

    private static Policy policy(int rules, int subjects) {
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
        return new Policy(
                lab.lattice(),
                people,
                lab.attachments(),
                all,
                lab.mail(),
                lab.captive(),
                lab.denials(),
                List.of(),
                true);
    }

    private static Access[] accesses(Policy policy, int rules, int subjects, String form) {
        var random = new Random(7);
        Access[] accesses = new Access[ACCESSES];
        for (int i = 0; i < accesses.length; i++) {
            int rule = random.nextInt(rules);
            String subject = policy.subjects().get(random.nextInt(subjects)).name();
            var session = new Session("x", subject, TERMINAL, Instant.EPOCH, null, Session.Origin.SEAT);
            var who = new Identity(TERMINAL, policy.attachments().get(1), session);
            var name = new Resource.Name(String.format(form, rule, rule % 97), "A");
            accesses[i] = new Access(who, Layer.DNS, Action.RESOLVE, name, Instant.EPOCH);
        }
        return accesses;
    }
}
