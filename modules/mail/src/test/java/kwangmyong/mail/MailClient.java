package kwangmyong.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import kwangmyong.testkit.Conversation;
import org.jspecify.annotations.Nullable;

/** A mail client over a real socket, speaking from one terminal. It begins TLS by itself when STARTTLS or STLS is agreed to. */
final class MailClient implements Conversation.Server, AutoCloseable {
    private static final int WAIT_MILLIS = 15_000;

    private final X509Certificate trusted;
    private Socket socket;
    private InputStream in;
    private boolean asksForTls;

    MailClient(InetAddress from, InetSocketAddress to, X509Certificate trusted) throws IOException {
        this.trusted = trusted;
        this.socket = new Socket(to.getAddress(), to.getPort(), from, 0);
        this.socket.setSoTimeout(WAIT_MILLIS);
        this.socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    @Override
    public void say(byte[] octets) throws IOException {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        asksForTls = text.startsWith("STARTTLS\r\n") || text.startsWith("STLS\r\n");
        try {
            socket.getOutputStream().write(octets);
        } catch (SocketException closedByPeer) {
            // what it said before that is still to be heard
        }
    }

    /** Says lines that are given without their final CRLF. */
    void say(String lines) throws IOException {
        say((lines + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable String hear() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (octet == '\n') {
                    String text = line.toString(StandardCharsets.UTF_8);
                    if (asksForTls && (text.startsWith("220 ") || text.startsWith("+OK"))) {
                        startTls();
                    }
                    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text + "(bare)";
                }
                line.write(octet);
            }
            return null;
        } catch (SocketException reset) {
            return null;
        }
    }

    /** Says a command and hears its reply: the last line of it. */
    String ask(String command) throws IOException {
        say(command);
        return reply();
    }

    /** The last line of an SMTP reply, or a line of POP3. */
    String reply() throws IOException {
        String line = hear();
        while (line != null && line.matches("\\d{3}-.*")) {
            line = hear();
        }
        return line == null ? "(closed)" : line;
    }

    /** The lines of a multi-line POP3 response behind its first, dots removed. */
    String body() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String line = hear(); line != null && !line.equals("."); line = hear()) {
            lines.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return lines.toString();
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    void startTls() throws IOException {
        asksForTls = false;
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("trusted", trusted);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            SSLSocket tls = (SSLSocket) context.getSocketFactory()
                    .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
            tls.startHandshake();
            socket = tls;
            in = new BufferedInputStream(tls.getInputStream());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
