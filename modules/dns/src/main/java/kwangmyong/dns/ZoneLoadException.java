package kwangmyong.dns;

import java.util.List;
import java.util.stream.Collectors;
import kwangmyong.dns.zone.ZoneFault;

/** Zones did not load; whatever was served before still is. The message is for people, one line a fault. */
public final class ZoneLoadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<ZoneFault> faults;

    ZoneLoadException(List<ZoneFault> faults) {
        super(faults.stream().map(ZoneFault::toString).collect(Collectors.joining("\n")), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** Every fault of every zone, each with its file and line. */
    public List<ZoneFault> faults() {
        return faults;
    }
}
