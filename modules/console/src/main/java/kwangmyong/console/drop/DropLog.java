package kwangmyong.console.drop;

import org.apache.sshd.common.session.Session;

/** Who is told what becomes of files. Any thread may call it. */
public interface DropLog {
    /**
     * A file was read or written, or something was made, moved or removed.
     *
     * @param action a word for the journal, such as {@code file-written}
     * @param path as the operator sees it
     * @param more such as how many octets; empty for nothing
     */
    void done(Session session, String action, String path, String more);

    /** Somebody asked for what is not there for them. */
    void refused(Session session, String path, String why);
}
