package kwangmyong.access.change;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.store.Change;
import kwangmyong.access.store.Store;
import kwangmyong.access.store.StoreException;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.service.LabClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where everything is changed, in order, on one thread of its own, which may wait for the disk: the journal first, then the store, then the
 * tables, then the answer. Changes that wait at the same moment share one force, one commit and one word to the listeners, unless one touches
 * what another of them touches: then it waits for that one, and so does what touches the same behind it.
 */
public final class Desk {
    /** How many changes share a force at most, so that the first of them is not answered late. */
    private static final int MAX_GROUP = 1_024;

    private static final long FORCE_WITHIN_SECONDS = 30;

    private static final Logger log = LoggerFactory.getLogger(Desk.class);

    private final Executor thread;
    private final Journal journal;
    private final LabClock clock;
    private final Store store;
    private final Runnable tidy;
    private final Runnable tell;
    private final Queue<Waiting<?>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isCalled = new AtomicBoolean();
    /** Those that a group before had no place for, in order; they come before those that wait. */
    private final Queue<Waiting<?>> turned = new ArrayDeque<>();

    private final Queue<Waiting<?>> later = new ArrayDeque<>();

    /**
     * @param tidy ends what the clock has ended; called before changes are thought out
     * @param tell calls those who want to know that a decision may have changed
     */
    public Desk(Executor thread, Journal journal, LabClock clock, Store store, Runnable tidy, Runnable tell) {
        this.thread = thread;
        this.journal = journal;
        this.clock = clock;
        this.store = store;
        this.tidy = tidy;
        this.tell = tell;
    }

    public <T> CompletableFuture<T> submit(Plan.Proposal<T> proposal) {
        var next = new Waiting<>(proposal);
        waiting.add(next);
        call();
        return next.answer;
    }

    /** How many changes wait for a group to be thought out in. */
    public int waiting() {
        return waiting.size();
    }

    private void call() {
        if (isCalled.compareAndSet(false, true)) {
            try {
                thread.execute(this::work);
            } catch (RejectedExecutionException stopped) {
                isCalled.set(false);
                refuseAll(new IllegalStateException("the access controller has stopped", stopped));
            }
        }
    }

    private void refuseAll(RuntimeException why) {
        for (Waiting<?> next = waiting.poll(); next != null; next = waiting.poll()) {
            next.answer.completeExceptionally(why);
        }
    }

    /** One group; what else waits is called for again, so that the clock gets its turn. */
    private void work() {
        isCalled.set(false);
        tidy.run();
        var group = new Group();
        while (group.size() + later.size() < MAX_GROUP) {
            Waiting<?> next = turned.isEmpty() ? waiting.poll() : turned.poll();
            if (next == null) {
                break;
            }
            Joining joining = next.joins(group);
            if (joining != Joining.NOW) {
                later.add(next);
            }
            if (joining == Joining.AFTER_ALL) {
                break;
            }
        }
        group.finish();
        later.addAll(turned);
        turned.clear();
        turned.addAll(later);
        later.clear();
        if (!turned.isEmpty() || !waiting.isEmpty()) {
            call();
        }
    }

    /** What becomes of a change that waits. */
    private enum Joining {
        /** It is one of the group, or answered already. */
        NOW,
        /** It waits for one of the group; what comes behind it and touches nothing of either need not wait. */
        AFTER_THESE,
        /** It waits for the group, and all behind it wait for it. */
        AFTER_ALL
    }

    /** On the desk's thread: keeps what nobody waits for and the clock alone would bring about again. */
    public void keepLater(List<Change> kept) {
        if (!kept.isEmpty()) {
            store.later(kept);
        }
    }

    public void note(List<Event> events) {
        events.forEach(journal::record);
    }

    /** A change and who waits for its answer. */
    private static final class Waiting<T> {
        private final Plan.Proposal<T> proposal;
        private final CompletableFuture<T> answer = new CompletableFuture<>();

        private Waiting(Plan.Proposal<T> proposal) {
            this.proposal = proposal;
        }

        Joining joins(Group group) {
            Plan<T> plan;
            try {
                plan = proposal.plan();
            } catch (RuntimeException cannot) {
                if (group.size() > 0) {
                    return Joining
                            .AFTER_ALL; // perhaps it can, once those before it are done; nobody knows what it touches
                }
                group.refusals.add(() -> answer.completeExceptionally(cannot));
                return Joining.NOW;
            }
            boolean waits = plan.touchesAnyOf(group.touched);
            group.touched.addAll(plan.touches());
            if (waits) {
                return plan.touches().contains(Plan.EVERYTHING) ? Joining.AFTER_ALL : Joining.AFTER_THESE;
            }
            group.plans.add(new Planned<>(plan, answer));
            return Joining.NOW;
        }
    }

    private record Planned<T>(Plan<T> plan, CompletableFuture<T> answer) {
        /** Changes the tables; what is left is to answer. */
        Runnable apply() {
            try {
                T value = plan.apply().get();
                return () -> answer.complete(value);
            } catch (RuntimeException bug) {
                log.error("a change is on disk and could not be put in force", bug);
                return () -> answer.completeExceptionally(bug);
            }
        }
    }

    /** Changes that none of the others bears upon. */
    private final class Group {
        private final Set<Object> touched = new HashSet<>();
        private final List<Planned<?>> plans = new ArrayList<>();
        /** Told with the rest: whoever is answered and asks again, later by the clock, is to find what that has ended by then. */
        private final List<Runnable> refusals = new ArrayList<>();

        int size() {
            return plans.size();
        }

        void finish() {
            refusals.forEach(Runnable::run);
            RuntimeException failure = forceAndKeep();
            if (failure != null) {
                plans.forEach(planned -> planned.answer.completeExceptionally(failure));
                return;
            }
            boolean changed = false;
            Queue<Runnable> answers = new ArrayDeque<>(plans.size());
            for (Planned<?> planned : plans) {
                answers.add(planned.apply());
                planned.plan.noted().forEach(journal::record);
                changed |= planned.plan.isTold();
            }
            if (changed) {
                tell.run();
            }
            answers.forEach(Runnable::run);
        }

        private @Nullable RuntimeException forceAndKeep() {
            List<Change> kept = new ArrayList<>();
            plans.forEach(planned -> kept.addAll(planned.plan.kept()));
            try {
                if (!kept.isEmpty()) {
                    store.ready(); // so that the journal does not announce what cannot be kept
                }
                List<CompletableFuture<?>> forced = new ArrayList<>();
                for (Planned<?> planned : plans) {
                    for (Event event : planned.plan.forced()) {
                        forced.add(journal.force(event).toCompletableFuture());
                    }
                }
                CompletableFuture.allOf(forced.toArray(CompletableFuture[]::new))
                        .orTimeout(FORCE_WITHIN_SECONDS, TimeUnit.SECONDS)
                        .join();
                commit(kept);
                return null;
            } catch (StoreException notKept) {
                return OperationException.conflict(String.valueOf(notKept.getMessage()));
            } catch (CompletionException failed) {
                return failed.getCause() instanceof RuntimeException cause ? cause : failed;
            } catch (RuntimeException failed) {
                return failed;
            }
        }

        /** What the journal has announced and the store does not keep has not happened, which the journal is told too. */
        private void commit(List<Change> kept) {
            try {
                if (!kept.isEmpty()) {
                    store.commit(kept);
                }
            } catch (StoreException notKept) {
                String why = String.valueOf(notKept.getMessage());
                journal.record(new Event(clock.now(), Layer.CONSOLE, null, "undone", "store", null, why, 0));
                throw notKept;
            }
        }
    }
}
