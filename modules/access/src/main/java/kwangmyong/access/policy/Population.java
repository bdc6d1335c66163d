package kwangmyong.access.policy;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.policy.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Who there is, by everything that leads to somebody. Of two with the same name, mailbox or seat the first counts. A name leads to its subject by
 * one table in which each name stands beside a clearance, so that as little memory as possible is touched: every decision asks.
 */
final class Population {
    private static final int GOLDEN = 0x9E3779B9;
    private static final int STRIDE = 2;

    private final Map<String, Subject> byMailbox = new HashMap<>();
    private final Map<InetAddress, String> bySeat = new HashMap<>();
    /** Of each two places a name and its subject's clearance, of which equal ones are one object. Half full. */
    private final @Nullable Object[] byName;
    /** By half the place of their names. */
    private final @Nullable Subject[] subjects;
    /** Of the canonical text. */
    final byte[] digest;

    Population(List<Subject> all) {
        subjects = new Subject[Math.max(2, 2 * all.size())];
        byName = new Object[STRIDE * subjects.length];
        Map<Clearance, Clearance> same = new HashMap<>();
        for (Subject subject : all) {
            Clearance first = same.putIfAbsent(subject.clearance(), subject.clearance());
            place(subject, first == null ? subject.clearance() : first);
            if (subject.mailbox() != null) {
                byMailbox.putIfAbsent(subject.mailbox(), subject);
            }
            subject.seats().forEach(seat -> bySeat.putIfAbsent(seat, subject.name()));
        }
        digest = CanonicalPolicy.digest(all);
    }

    private void place(Subject subject, Clearance clearance) {
        int slot = slot(subject.name());
        while (byName[slot] != null) {
            if (byName[slot].equals(subject.name())) {
                return;
            }
            slot = next(slot);
        }
        byName[slot] = subject.name();
        byName[slot + 1] = clearance;
        subjects[slot / STRIDE] = subject;
    }

    private int slot(String name) {
        long mixed = Integer.toUnsignedLong(name.hashCode() * GOLDEN);
        return (int) ((mixed * subjects.length) >>> Integer.SIZE) * STRIDE;
    }

    private int next(int slot) {
        int next = slot + STRIDE;
        return next == byName.length ? 0 : next;
    }

    private int find(String name) {
        int slot = slot(name);
        while (true) {
            Object there = byName[slot];
            if (there == null || there == name || there.equals(name)) {
                return slot;
            }
            slot = next(slot);
        }
    }

    @Nullable
    Subject named(String name) {
        return subjects[find(name) / STRIDE];
    }

    /** As declared; null when there is nobody of that name. */
    @Nullable
    Clearance clearanceOf(String name) {
        return (Clearance) byName[find(name) + 1];
    }

    @Nullable
    Subject withMailbox(String address) {
        return byMailbox.get(address);
    }

    @Nullable
    String ownerOf(InetAddress seat) {
        return bySeat.get(seat);
    }

    Map<InetAddress, String> seats() {
        return Map.copyOf(bySeat);
    }
}
