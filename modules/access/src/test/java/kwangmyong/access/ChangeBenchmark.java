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

/**
 * What 10,000 sessions that change each second cost the data path: one thread asks who is at a terminal and decides, in turns of a second with and without
 * another thread that logs people out and in, on a journal and a store on disk. Its processor time for each decision is compared, since what else
 * runs on a machine does not count in that. Not part of the build: {@code scripts/benchmark access} runs it.
 */
final class ChangeBenchmark {
    private static final int SESSIONS = 10_000;
    private static final int CHANGES_A_SECOND = 10_000;
    private static final int BATCH = 1_000;
    private static final int TURNS = 10;
    private static final long SECOND = 1_000_000_000L;

    private final AccessController controller;
    private final String[] terminals = new String[SESSIONS];
    private final InetAddress[] addresses = new InetAddress[SESSIONS];
    private final AtomicLong changes = new AtomicLong();
    private volatile boolean changing;
    private volatile boolean over;

    private ChangeBenchmark(AccessController controller) {
        this.controller = controller;
        for (int i = 0; i < SESSIONS; i++) {
            terminals[i] = "10.77." + i / 250 + "." + (1 + i % 250);
            addresses[i] = DefaultLab.address(terminals[i]);
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path state = Files.createTempDirectory("kwm-change");
        try (JournalFile journal =
                        JournalFile.open(JournalConfig.under(state), () -> DefaultLab.LATTICE, Instant::now);
                DatabaseStore store = DatabaseStore.open(StoreConfig.embedded(state))) {
            var controller =
                    new AccessController(policy(), AccessConfig.of(List.of(), List.of()), Instant::now, journal, store);
            controller.start();
            new ChangeBenchmark(controller).run();
            controller.stop();
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
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            all.add(logIn(i));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        System.out.printf(
                "%d log-ins at once, journalled and kept: %.0f a second%n",
                SESSIONS, SESSIONS * (double) SECOND / (System.nanoTime() - began));
        Thread changer = new Thread(this::change, "changer");
        changer.start();
        decide(3 * SECOND);
        double[] quiet = new double[TURNS];
        double[] busy = new double[TURNS];
        long before = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            changing = false;
            decide(SECOND / 5); // until what was under way is done
            quiet[turn] = decide(SECOND);
            before -= changes.get();
            changing = true;
            busy[turn] = decide(SECOND);
            before += changes.get();
        }
        over = true;
        changer.join();
        Arrays.sort(quiet);
        Arrays.sort(busy);
        double was = quiet[TURNS / 2];
        double is = busy[TURNS / 2];
        System.out.printf(
                "a look-up and a decision: %.1f ns alone, %.1f ns beside %d changes a second: %+.1f %%  (medians of %d turns)%n",
                was, is, before / TURNS, 100 * (is - was) / was, TURNS);
    }

    private CompletableFuture<?> logIn(int number) {
        return controller
                .operations()
                .logIn("s" + number, terminals[number], "bench")
                .toCompletableFuture();
    }

    private CompletableFuture<?> logOut(int number) {
        return controller.operations().logOut(terminals[number], "bench").toCompletableFuture();
    }

    /** Everybody in turn leaves and comes back, {@value #CHANGES_A_SECOND} changes a second where the disk allows. */
    private void change() {
        int number = 0;
        long next = System.nanoTime();
        while (!over) {
            if (!changing) {
                next = System.nanoTime();
                LockSupport.parkNanos(1_000_000);
                continue;
            }
            List<CompletableFuture<?>> batch = new ArrayList<>();
            for (int i = 0; i < BATCH / 2; i++) {
                batch.add(logOut((number + i) % SESSIONS));
            }
            for (int i = 0; i < BATCH / 2; i++) {
                batch.add(logIn((number + i) % SESSIONS));
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
                var who = controller.sessions().at(addresses[random.nextInt(SESSIONS)]);
                allowed += controller
                                .decide(new Access(who, Layer.DNS, Action.RESOLVE, name, when))
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
