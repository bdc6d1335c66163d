package kwangmyong.kernel.place;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import kwangmyong.kernel.clearance.Ceiling;
import kwangmyong.kernel.policy.Denials;
import org.jspecify.annotations.Nullable;

/**
 * Where a terminal is plugged in: café, campus, office, mobile, hotel, residence.
 *
 * @param ranges the addresses of its terminals; at least one
 * @param ceiling the most that anyone holds here
 * @param logIn how a terminal gets a subject
 * @param tariff what it costs, where it costs
 * @param denial how denials look here, where not as the lab's
 * @param longest how long a session lasts here at most, by the lab's clock, more than zero; null without such a limit
 */
public record Attachment(
        String name,
        List<AddressRange> ranges,
        Ceiling ceiling,
        LogIn logIn,
        @Nullable Tariff tariff,
        @Nullable Denials denial,
        @Nullable Duration longest) {
    public Attachment {
        ranges = List.copyOf(ranges);
        if (longest != null && (longest.isNegative() || longest.isZero())) {
            throw new IllegalArgumentException(
                    "sessions of " + longest + " at " + name + " (expected: more than zero)");
        }
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("attachment " + name + " has no address range");
        }
    }

    /** One whose sessions last as long as elsewhere. */
    public Attachment(
            String name,
            List<AddressRange> ranges,
            Ceiling ceiling,
            LogIn logIn,
            @Nullable Tariff tariff,
            @Nullable Denials denial) {
        this(name, ranges, ceiling, logIn, tariff, denial, null);
    }

    /** One whose denials look as the lab's too. */
    public Attachment(String name, List<AddressRange> ranges, Ceiling ceiling, LogIn logIn, @Nullable Tariff tariff) {
        this(name, ranges, ceiling, logIn, tariff, null, null);
    }

    public boolean contains(InetAddress terminal) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(terminal)) {
                return true;
            }
        }
        return false;
    }

    /** How a terminal of an attachment gets a subject. */
    public enum LogIn {
        /** The terminal belongs to a subject, who is there from the lab's start. */
        SEAT,
        /** Someone logs in at the captive portal; before that the terminal is nobody's. */
        PORTAL
    }
}
