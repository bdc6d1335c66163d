package kwangmyong.lab.outcome;

/** What {@code kwm} exits with. */
public final class ExitStatus {
    public static final int FINE = 0;
    /** A check failed, or expected and observed differ. */
    public static final int DIFFERENT = 1;
    /** Bad usage or configuration. */
    public static final int USAGE = 2;
    /** Not running, or not ready. */
    public static final int NOT_RUNNING = 3;

    private ExitStatus() {}
}
