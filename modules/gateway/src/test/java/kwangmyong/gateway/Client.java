package kwangmyong.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client that says exactly the octets it is told to. */
final class Client implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    final Socket socket;
    final InputStream in;

    private Client(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    static Client from(String terminal, InetSocketAddress gateway) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(terminal), 0));
        socket.connect(gateway, PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new Client(socket);
    }

    /** The same connection over TLS from here on. */
    Client overTls(SSLContext context, String host, String... applicationProtocols) throws IOException {
        SSLSocket secret = (SSLSocket) context.getSocketFactory().createSocket(socket, host, 443, true);
        SSLParameters parameters = secret.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(applicationProtocols);
        secret.setSSLParameters(parameters);
        secret.startHandshake();
        return new Client(secret);
    }

    Client say(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** The next head, its empty line included; what has come when the connection ends before. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                return head.toString();
            }
            head.append((char) octet);
        }
        return head.toString();
    }

    /** The next answer with its body, as its Content-Length measures it. */
    String answer() throws IOException {
        String head = head();
        int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
        if (at < 0) {
            return head;
        }
        int length = Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
        return head + text(in.readNBytes(length));
    }

    /** Everything until the connection ends. */
    String rest() throws IOException {
        return text(in.readAllBytes());
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
