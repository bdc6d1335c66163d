package kwangmyong.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A conversation's server behind a real socket. A server that says nothing for {@value #WAIT_MILLIS} ms fails the test. */
public final class SocketServer implements Conversation.Server, AutoCloseable {
    private static final int WAIT_MILLIS = 10_000;

    private Socket socket;

    public SocketServer(InetSocketAddress address) throws IOException {
        socket = new Socket();
        socket.connect(address, WAIT_MILLIS);
        socket.setSoTimeout(WAIT_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** Goes on under TLS, as after STARTTLS; nothing may have been sent that was not heard yet. */
    public void startTls(SSLSocketFactory factory, String host) throws IOException {
        socket = factory.createSocket(socket, host, socket.getPort(), true);
    }

    @Override
    public void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    @Override
    public @Nullable String hear() throws IOException {
        var line = new ByteArrayOutputStream();
        int octet;
        while ((octet = socket.getInputStream().read()) >= 0) {
            if (octet == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(octet);
        }
        return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
