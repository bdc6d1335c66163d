package kwangmyong.access.watch;

import java.util.Locale;

/** What is looked for, and how much it weighs: its points at the threshold, and at eight times that and more. */
enum Kind {
    DENIALS(5, 15),
    DENIED_NAMES(10, 25),
    WORLD_NAMES(10, 30),
    ODD_HOURS(8, 15),
    /** Weighed by its parts. */
    DNS_TUNNEL(0, 70),
    DNS_TYPES(20, 35),
    DNS_FLOOD(10, 30),
    RESOLVERS(20, 40),
    OTHER_SEATS(20, 40),
    WRONG_PASSWORDS(15, 35),
    LONG_FLOW(15, 30);

    private static final double DOUBLINGS = 3;

    private final int least;
    private final int most;

    Kind(int least, int most) {
        this.least = least;
        this.most = most;
    }

    /** Points of {@code value}, 0 below the threshold. */
    int points(double value, double threshold) {
        if (value < threshold) {
            return 0;
        }
        double doublings = Math.log(value / threshold) / Math.log(2);
        return (int) Math.round(Math.min(most, least + (most - least) * doublings / DOUBLINGS));
    }

    /** As the api says it: {@code dns-tunnel}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
