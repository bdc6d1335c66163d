package kwangmyong.kernel.access;

import java.util.Locale;

/** The answer to an access. */
public enum Verdict {
    ALLOW,
    DENY;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
