package kwangmyong.kernel.service;

import java.util.Map;

/**
 * A number that a part of the lab keeps of itself, read when somebody asks. Names follow Prometheus' practice: {@code kwm_dns_connections}, units
 * in the name, no {@code _total}, which a counter gets where it is shown.
 *
 * @param help one sentence
 * @param labels few values each; never a subject, a name or an address that a client chooses
 */
public record Reading(Kind kind, String name, String help, Map<String, String> labels, double value) {
    public Reading {
        labels = Map.copyOf(labels);
    }

    /** What goes up and down. */
    public static Reading gauge(String name, String help, double value) {
        return new Reading(Kind.GAUGE, name, help, Map.of(), value);
    }

    /** A whole number that goes up and down. */
    public static Reading gauge(String name, String help, long value) {
        return gauge(name, help, (double) value);
    }

    /** A whole number that only goes up, from the start of the process. */
    public static Reading counter(String name, String help, long value) {
        return counter(name, help, (double) value);
    }

    /** What only goes up, from the start of the process. */
    public static Reading counter(String name, String help, double value) {
        return new Reading(Kind.COUNTER, name, help, Map.of(), value);
    }

    /** The same number for one of several. */
    public Reading of(String label, String value) {
        return new Reading(kind, name, help, Map.of(label, value), this.value);
    }

    /** Whether a number may fall. */
    public enum Kind {
        GAUGE,
        COUNTER
    }
}
