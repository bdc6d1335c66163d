package kwangmyong.console.guest;

import org.apache.sshd.common.session.Session;

/** Where it is written down that somebody tried what is not theirs. */
@FunctionalInterface
public interface GuestLog {
    /** A command that is an operator's, or none. */
    void refused(Session connection, String commandLine);
}
