package kwangmyong.web.http;

/** What a page may load, run, send and be shown in (Content Security Policy Level 3). */
public final class ContentPolicy {
    public static final String HEADER = "Content-Security-Policy";

    /** What every reply has: style and pictures of its own host, forms to it, no script, no frame around it. */
    public static final String NO_SCRIPT =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; "
                    + "base-uri 'none'; frame-ancestors 'none'";

    /** The same with script files of its own host, which may ask that host; none that stands within the page. */
    public static final String OWN_SCRIPT = NO_SCRIPT + "; script-src 'self'; connect-src 'self'";

    private ContentPolicy() {}
}
