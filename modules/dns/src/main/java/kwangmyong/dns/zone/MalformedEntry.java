package kwangmyong.dns.zone;

/** What is wrong with an entry of a master file; whoever reads the file adds the line. */
final class MalformedEntry extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedEntry(String message) {
        super(message, null, false, false);
    }
}
