package kwangmyong.access.watch;

import java.time.Duration;

/**
 * From where on something counts. Each number is of what one subject, or a terminal that nobody is at, did within the window.
 *
 * @param window how far back is counted, by the lab's clock
 * @param halfLife in which what counted once loses half its points
 * @param denials denials
 * @param deniedNames different hosts that were denied
 * @param worldNames different hosts outside the lab's zones that were denied
 * @param oddHours events at hours at which the subject is hardly ever there
 * @param tunnelNames different names below one parent
 * @param tunnelLength characters before the parent, on average
 * @param tunnelEntropy bits a character in them, on average
 * @param dataTypes questions for types that ordinary programs never ask for
 * @param flood questions that were too many for a line each
 * @param resolvers different resolvers elsewhere
 * @param otherSeats log-ins under somebody else's name at a seat
 * @param wrongPasswords refused passwords
 * @param flowOctets octets that one flow carried one way, packed or encrypted
 */
public record WatchConfig(
        Duration window,
        Duration halfLife,
        int denials,
        int deniedNames,
        int worldNames,
        int oddHours,
        int tunnelNames,
        int tunnelLength,
        double tunnelEntropy,
        int dataTypes,
        int flood,
        int resolvers,
        int otherSeats,
        int wrongPasswords,
        long flowOctets) {
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(7);

    /** Found by what ordinary use of the default lab, and iodine and dns2tcp in it, give. */
    public static final WatchConfig DEFAULT = new WatchConfig(
            Duration.ofHours(1), Duration.ofHours(6), 60, 20, 15, 20, 60, 24, 3.6, 3, 1_000, 3, 3, 10, 64 << 20);

    public WatchConfig {
        if (window.compareTo(LEAST) < 0 || window.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("window: " + window + " (expected: a minute to 7 days)");
        }
        if (halfLife.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("halfLife: " + halfLife + " (expected: a minute or more)");
        }
        requireOne("denials", denials);
        requireOne("deniedNames", deniedNames);
        requireOne("worldNames", worldNames);
        requireOne("oddHours", oddHours);
        requireOne("tunnelNames", tunnelNames);
        requireOne("tunnelLength", tunnelLength);
        requireOne("dataTypes", dataTypes);
        requireOne("flood", flood);
        requireOne("resolvers", resolvers);
        requireOne("otherSeats", otherSeats);
        requireOne("wrongPasswords", wrongPasswords);
        requireOne("flowOctets", flowOctets);
        if (!(tunnelEntropy > 0 && tunnelEntropy <= 8)) {
            throw new IllegalArgumentException(
                    "tunnelEntropy: " + tunnelEntropy + " (expected: more than 0, 8 at most)");
        }
    }

    private static void requireOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }
}
