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
 * one table in which each name stands beside its subject, so that as little memory as possible is touched: every decision asks.
 */
final class Population {
    private static final int GOLDEN = 0x9E3779B9;
    private static final int STRIDE = 4;

    private final Map<String, Subject> byMailbox = new HashMap<>();
    private final Map<InetAddress, String> bySeat = new HashMap<>();
    /** Of each three places a name, its subject, and that one's clearance; the fourth is empty. */
    private final @Nullable Object[] byName;

    private final int shift;
    /** Of the canonical text. */
    final byte[] digest;

    Population(List<Subject> subjects) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(2, 2 * subjects.size() - 1));
        shift = Integer.SIZE - bits;
        byName = new Object[STRIDE << bits];
        for (Subject subject : subjects) {
            place(subject);
            if (subject.mailbox() != null) {
                byMailbox.putIfAbsent(subject.mailbox(), subject);
            }
            subject.seats().forEach(seat -> bySeat.putIfAbsent(seat, subject.name()));
        }
        digest = CanonicalPolicy.digest(subjects);
    }

    private void place(Subject subject) {
        int slot = slot(subject.name());
        while (byName[slot] != null) {
            if (byName[slot].equals(subject.name())) {
                return;
            }
            slot = next(slot);
        }
        byName[slot] = subject.name();
        byName[slot + 1] = subject;
        byName[slot + 2] = subject.clearance();
    }

    private int slot(String name) {
        return ((name.hashCode() * GOLDEN) >>> shift) * STRIDE;
    }

    private int next(int slot) {
        return (slot + STRIDE) & (byName.length - 1);
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
        return (Subject) byName[find(name) + 1];
    }

    /** As declared; null when there is nobody of that name. */
    @Nullable
    Clearance clearanceOf(String name) {
        return (Clearance) byName[find(name) + 2];
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
