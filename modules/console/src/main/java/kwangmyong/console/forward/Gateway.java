package kwangmyong.console.forward;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The way on: the lab's own gateway, asked for a tunnel (RFC 9110 §9.3.6) as the subject's program at that terminal would ask.
 *
 * @param proxy its socket in this process
 * @param introducing tells it who speaks from a socket of the console's
 */
public record Gateway(InetSocketAddress proxy, Introducing introducing) {
    private static final int WITHIN_MILLIS = 30_000;
    private static final int MAX_HEAD = 16_384;

    /** Tells a gateway whose connection one from the console is. */
    @FunctionalInterface
    public interface Introducing {
        /**
         * Said before the connection is made.
         *
         * @param from where it will come from, as the gateway sees it
         * @param terminal the lab address that it counts as
         * @return ends it, where no connection came
         */
        Closeable introduce(InetSocketAddress from, InetAddress terminal);
    }

    /**
     * A tunnel to a host by the gateway.
     *
     * @param authority host and port, without anything that a request's head could mean otherwise
     * @throws RefusedException when the gateway opens none
     * @throws IOException when it cannot be asked
     */
    Socket open(InetAddress terminal, String authority) throws IOException, RefusedException {
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(proxy.getAddress(), 0));
            var from = new InetSocketAddress(proxy.getAddress(), socket.getLocalPort());
            Closeable introduction = introducing.introduce(from, terminal);
            try {
                socket.connect(proxy, WITHIN_MILLIS);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(WITHIN_MILLIS);
                socket.getOutputStream()
                        .write(("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                String status = statusLine(socket.getInputStream());
                if (!status.matches("HTTP/1\\.1 2\\d\\d .*")) {
                    throw new RefusedException("the gateway answers " + status.replaceFirst("^HTTP/1\\.1 ", ""));
                }
            } finally {
                introduction.close();
            }
            socket.setSoTimeout(0);
            return socket;
        } catch (IOException | RuntimeException | RefusedException failed) {
            socket.close();
            throw failed;
        }
    }

    /** Reads a head to its end, and not an octet of what follows. */
    private static String statusLine(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (!endsHead(head)) {
            int octet = in.read();
            if (octet < 0 || head.length() == MAX_HEAD) {
                throw new IOException("the gateway answers nothing");
            }
            head.append((char) octet);
        }
        return head.substring(0, head.indexOf("\r\n"));
    }

    private static boolean endsHead(StringBuilder head) {
        return head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n");
    }

    /** It opens no tunnel; the message says what it answers. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message, null, false, false);
        }
    }
}
