package kwangmyong.dns.zone;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, up to a limit a file: a file of another kind altogether need not be listed line by line. */
final class Faults {
    static final int LIMIT = 100;

    private final List<ZoneFault> list = new ArrayList<>();

    void add(ZoneFault fault) {
        if (list.size() < LIMIT) {
            list.add(fault);
        } else if (list.size() == LIMIT) {
            list.add(new ZoneFault(
                    fault.file(), fault.line(), "more than " + LIMIT + " faults; the rest is not listed"));
        }
    }

    boolean areFull() {
        return list.size() > LIMIT;
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    List<ZoneFault> list() {
        return List.copyOf(list);
    }
}
