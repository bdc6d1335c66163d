package kwangmyong.web.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends bytes as they are and reads what comes until the server closes; one connection each time. */
final class RawClient {
    private static final int TIMEOUT_MILLIS = 5_000;

    private RawClient() {}

    static String send(InetSocketAddress to, String request) throws IOException {
        try (Socket socket = open(to)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return readAll(socket.getInputStream());
        }
    }

    static Socket open(InetSocketAddress to) throws IOException {
        Socket socket = new Socket(to.getAddress(), to.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    static String readAll(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
