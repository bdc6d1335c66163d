package kwangmyong.bench.recipe;

import java.util.Locale;

/** What can be asked of a tool that is up. */
public enum ProbeKind {
    /** Whether the target's page is had, beside a control in the world. */
    WEB,
    /** Whether names lead where they lead in the world. */
    DNS,
    /** How long small fetches take, one after another. */
    LATENCY,
    /** How many octets a second come through. */
    THROUGHPUT,
    /** Whether it goes on working for a while. */
    STABILITY;

    /** As recipes and results spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
