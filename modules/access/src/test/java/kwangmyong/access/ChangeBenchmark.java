package kwangmyong.access;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.access.journal.JournalConfig;
import kwangmyong.access.journal.JournalFile;
import kwangmyong.access.store.DatabaseStore;
import kwangmyong.access.store.StoreConfig;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;
import org.jspecify.annotations.Nullable;

/**
 * What 10,000 sessions that change each second cost the data path: one thread asks who is at a terminal and decides, in turns of a second alone,
 * beside another thread that logs people out and in, and beside one that does the same at a controller with which nobody's decisions have anything to
 * do, each on a journal and a store of its own on disk. What the second turn costs beyond the third is what changes cost a decision; the rest is what any work costs whoever shares caches, memory and
 * the collector with it. The thread's processor time for each decision is compared, since what else runs on a machine does not count in that. Not
 * part of the build: {@code scripts/benchmark access} runs it.
 */
final class ChangeBenchmark {
    private static final int SESSIONS = 10_000;
    private static final int CHANGES_A_SECOND = 10_000;
    private static final int BATCH = 1_000;
    private static final int TURNS = Integer.getInteger("kwm.turns", 10);
    private static final int WARMING = Integer.getInteger("kwm.warming", 6);
    private static final long SECOND = 1_000_000_000L;

    private final AccessController asked;
    private final AccessController unrelated;
    private final String[] terminals = new String[SESSIONS];
    private final InetAddress[] addresses = new InetAddress[SESSIONS];
    private final AtomicLong changes = new AtomicLong();
    /** Null while nobody changes anything. */
    private volatile @Nullable AccessController changing;

    private volatile boolean over;

    private ChangeBenchmark(AccessController asked, AccessController unrelated) {
        this.asked = asked;
        this.unrelated = unrelated;
        for (int i = 0; i < SESSIONS; i++) {
            terminals[i] = "10.77." + i / 250 + "." + (1 + i % 250);
            addresses[i] = DefaultLab.address(terminals[i]);
        }
    }

    public static void main(String[] arguments) throws Exception {
        try (Site one = new Site();
                Site other = new Site()) {
            new ChangeBenchmark(one.controller, other.controller).run();
        }
    }

    /** A controller with a journal and a store on disk. */
    private static final class Site implements AutoCloseable {
        private final JournalFile journal;
        private final DatabaseStore store;
        private final AccessController controller;

        private Site() throws IOException {
            Path state = Files.createTempDirectory("kwm-change");
            journal = JournalFile.open(JournalConfig.under(state), () -> DefaultLab.LATTICE, Instant::now);
            store = DatabaseStore.open(StoreConfig.embedded(state));
            controller =
                    new AccessController(policy(), AccessConfig.of(List.of(), List.of()), Instant::now, journal, store);
            controller.start();
        }

        @Override
        public void close() throws IOException {
            controller.stop();
            store.close();
            journal.close();
        }
    }

    private static Policy policy() {
        Policy lab = DefaultLab.policy();
        List<Subject> people = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            people.add(new Subject("s" + i, "somebody", DefaultLab.LATTICE.clearance("resident"), Set.of(), null));
        }
        var attachments = new ArrayList<>(lab.attachments());
        var cafe = attachments.get(0);
        attachments.set(
                0,
                new Attachment(
                        cafe.name(), List.of(AddressRange.parse("10.77.0.0/16")), cafe.ceiling(), cafe.logIn(), null));
        return new Policy(
                lab.lattice(),
                people,
                attachments,
                lab.rules(),
                lab.mail(),
                lab.captive(),
                lab.denials(),
                List.of(),
                true);
    }

    private void run() throws InterruptedException {
        long began = System.nanoTime();
        allIn(asked);
        System.out.printf(
                "%d log-ins at once, journalled and kept: %.0f a second%n",
                SESSIONS, SESSIONS * (double) SECOND / (System.nanoTime() - began));
        allIn(unrelated);
        Thread changer = new Thread(this::change, "changer");
        changer.start();
        for (AccessController each : List.of(asked, unrelated, asked)) {
            changing = each;
            decide(WARMING * SECOND); // until what changes run is compiled: that costs more than they do
        }
        var alone = new double[TURNS];
        var beside = new double[TURNS];
        var control = new double[TURNS];
        long made = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            alone[turn] = turn(null);
            long before = changes.get();
            beside[turn] = turn(asked);
            made += changes.get() - before;
            control[turn] = turn(unrelated);
        }
        over = true;
        changer.join();
        System.out.printf(
                "a look-up and a decision: %.1f ns alone; %.1f ns beside %d changes a second, %+.1f %%; %.1f ns beside as many at another controller, %+.1f %%  (medians of %d turns)%n",
                median(alone),
                median(beside),
                made / TURNS,
                more(beside, alone),
                median(control),
                more(control, alone),
                TURNS);
        System.out.printf(
                "what changes cost decisions beyond what they cost anybody: %+.1f %%%n", more(beside, control));
    }

    private double turn(@Nullable AccessController whose) {
        changing = null;
        decide(SECOND / 5); // until what was under way is done
        changing = whose;
        return decide(SECOND);
    }

    private static double median(double[] some) {
        return Arrays.stream(some).sorted().skip(some.length / 2).findFirst().orElseThrow();
    }

    private static double more(double[] some, double[] than) {
        return 100 * (median(some) / median(than) - 1);
    }

    private void allIn(AccessController controller) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            all.add(logIn(controller, i));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    }

    private CompletableFuture<?> logIn(AccessController controller, int number) {
        return controller
                .operations()
                .logIn("s" + number, terminals[number], "bench")
                .toCompletableFuture();
    }

    private CompletableFuture<?> logOut(AccessController controller, int number) {
        return controller.operations().logOut(terminals[number], "bench").toCompletableFuture();
    }

    /** Everybody in turn leaves and comes back, {@value #CHANGES_A_SECOND} changes a second where the disk allows. */
    private void change() {
        int number = 0;
        long next = System.nanoTime();
        while (!over) {
            AccessController controller = changing;
            if (controller == null) {
                next = System.nanoTime();
                LockSupport.parkNanos(1_000_000);
                continue;
            }
            List<CompletableFuture<?>> batch = new ArrayList<>();
            for (int i = 0; i < BATCH / 2; i++) {
                batch.add(logOut(controller, (number + i) % SESSIONS));
            }
            for (int i = 0; i < BATCH / 2; i++) {
                batch.add(logIn(controller, (number + i) % SESSIONS));
            }
            number = (number + BATCH / 2) % SESSIONS;
            CompletableFuture.allOf(batch.toArray(CompletableFuture[]::new)).join();
            changes.addAndGet(BATCH);
            next += SECOND * BATCH / CHANGES_A_SECOND;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    /** Nanoseconds of this thread's processor time for each decision, over so long. */
    private double decide(long nanos) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        var random = new Random(7);
        var name = new Resource.Name("www.naenara.com.kp", "A");
        Instant when = Instant.now();
        long decisions = 0;
        long allowed = 0;
        long before = threads.getCurrentThreadCpuTime();
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            for (int i = 0; i < 1_000; i++) {
                var who = asked.sessions().at(addresses[random.nextInt(SESSIONS)]);
                allowed += asked.decide(new Access(who, Layer.DNS, Action.RESOLVE, name, when))
                                .isAllowed()
                        ? 1
                        : 0;
            }
            decisions += 1_000;
        }
        if (allowed < 0) {
            throw new AssertionError(); // uses what was computed
        }
        return (double) (threads.getCurrentThreadCpuTime() - before) / decisions;
    }
}
