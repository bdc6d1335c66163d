package kwangmyong.access.remote;

import java.util.Optional;
import kwangmyong.access.api.JournalEntry;

/** What certificates name the controller and services by: names that no resolver gives out (RFC 6762 §G, {@code internal}). */
public final class ServiceNames {
    /** The controller. */
    public static final String CONTROLLER = "controller.internal";

    private static final String SUFFIX = ".service.internal";

    private ServiceNames() {}

    /**
     * The name of a service's certificate.
     *
     * @param process what it is called, as {@link JournalEntry#isProcess} wants it, without an underscore
     * @throws IllegalArgumentException when it cannot be called so
     */
    public static String of(String process) {
        if (!JournalEntry.isProcess(process)
                || !process.matches("[a-z0-9-]{1,63}")
                || process.equals(JournalEntry.LAB)) {
            throw new IllegalArgumentException(
                    "'" + process + "' is no name for a service (expected: lower-case letters,"
                            + " digits and dashes, and not '" + JournalEntry.LAB + "')");
        }
        return process + SUFFIX;
    }

    /** Which process a certificate is of; empty when it is no service's. */
    public static Optional<String> process(String name) {
        String process = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
        return process.matches("[a-z0-9-]{1,63}")
                        && JournalEntry.isProcess(process)
                        && !process.equals(JournalEntry.LAB)
                ? Optional.of(process)
                : Optional.empty();
    }
}
