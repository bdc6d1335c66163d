package kwangmyong.lab.tour;

import java.io.IOException;
import java.net.InetAddress;

/** Where the sockets of those who ask are opened. For any thread. */
public interface Terminals {
    /** What is opened; it may be used from anywhere then. */
    interface Opening<T> {
        T open() throws IOException;
    }

    /**
     * Opens something where a terminal is.
     *
     * @param terminal a lab address
     */
    <T> T at(InetAddress terminal, Opening<T> opening) throws IOException;

    /** For networks in which this process has every terminal's address itself. */
    static Terminals here() {
        return new Terminals() {
            @Override
            public <T> T at(InetAddress terminal, Opening<T> opening) throws IOException {
                return opening.open();
            }
        };
    }
}
