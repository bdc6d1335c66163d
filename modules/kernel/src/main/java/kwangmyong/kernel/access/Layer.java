package kwangmyong.kernel.access;

import java.util.Locale;

/** Where in the network an access was made; the journal's {@code service}. */
public enum Layer {
    DNS,
    GATEWAY,
    MAIL,
    PORTAL,
    /** Where packets pass between inside and world. */
    BORDER,
    CONSOLE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
