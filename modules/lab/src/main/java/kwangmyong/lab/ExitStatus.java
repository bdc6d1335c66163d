package kwangmyong.lab;

/** What {@code kwm} exits with. */
final class ExitStatus {
    static final int FINE = 0;
    /** A check failed, or expected and observed differ. */
    static final int DIFFERENT = 1;
    /** Bad usage or configuration. */
    static final int USAGE = 2;
    /** Not running, or not ready. */
    static final int NOT_RUNNING = 3;

    private ExitStatus() {}
}
