package kwangmyong.access.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Everything that is kept, in memory, and which of it may differ from what is on disk. Any thread may read. */
final class Contents {
    private final Map<Class<? extends Kept>, Map<String, Kept>> byKind = new ConcurrentHashMap<>();
    private final Set<Key> unwritten = new LinkedHashSet<>();

    /** Names one thing that may be kept. */
    record Key(Class<? extends Kept> kind, String id) {
        static Key of(Change change) {
            return new Key(change.kind(), change.id());
        }
    }

    <T extends Kept> List<T> all(Class<T> kind) {
        return of(kind).values().stream().map(kind::cast).toList();
    }

    <T extends Kept> Optional<T> find(Class<T> kind, String id) {
        return Optional.ofNullable(of(kind).get(id)).map(kind::cast);
    }

    private Map<String, Kept> of(Class<? extends Kept> kind) {
        return byKind.computeIfAbsent(kind, first -> new ConcurrentHashMap<>());
    }

    /** What the disk has. */
    void load(Kept value) {
        of(value.getClass()).put(value.id(), value);
    }

    /** Makes changes, and tells what makes them undone. */
    synchronized Undoing make(List<Change> changes) {
        List<Change> before = new ArrayList<>();
        Set<Key> fresh = new LinkedHashSet<>();
        for (Change change : changes) {
            Kept there = apply(change);
            before.add(0, new Change(change.kind(), change.id(), there));
            Key key = Key.of(change);
            if (unwritten.add(key)) {
                fresh.add(key);
            }
        }
        return new Undoing(before, fresh);
    }

    /**
     * How changes are undone.
     *
     * @param changes in this order
     * @param fresh what had not been waiting to be written before
     */
    record Undoing(List<Change> changes, Set<Key> fresh) {}

    /** Undoes changes of which the disk has nothing. */
    synchronized void undo(Undoing undoing) {
        undoing.changes().forEach(this::apply);
        unwritten.removeAll(undoing.fresh());
    }

    /** Undoes changes of which nobody knows whether the disk has them: they are written as they were, as soon as anything can be. */
    synchronized void undoUnsure(Undoing undoing) {
        undoing.changes().forEach(this::apply);
    }

    private @Nullable Kept apply(Change change) {
        Map<String, Kept> all = of(change.kind());
        Kept value = change.value();
        return value == null ? all.remove(change.id()) : all.put(change.id(), value);
    }

    /** What is to be written, as it is now. */
    synchronized List<Change> unwritten() {
        return unwritten.stream()
                .map(key -> new Change(key.kind(), key.id(), of(key.kind()).get(key.id())))
                .toList();
    }

    synchronized int waiting() {
        return unwritten.size();
    }

    /** These are on disk. What changed again meanwhile still waits. */
    synchronized void written(List<Change> changes) {
        for (Change change : changes) {
            Kept now = of(change.kind()).get(change.id());
            if (Objects.equals(now, change.value())) {
                unwritten.remove(Key.of(change));
            }
        }
    }
}
