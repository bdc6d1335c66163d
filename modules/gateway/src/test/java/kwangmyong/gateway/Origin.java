package kwangmyong.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import kwangmyong.net.tls.ServerCredential;
import org.jspecify.annotations.Nullable;

/** A host that a test writes as a script over a plain socket, and that remembers every head it was sent. */
final class Origin implements AutoCloseable {
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "origin");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    /** What it does with a connection; the connection is closed when it returns. */
    @FunctionalInterface
    interface Script {
        void play(Visit visit) throws IOException;
    }

    Origin(String address, Script script) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getByName(address)), script);
    }

    /** One over TLS, which shows {@code credential}. */
    static Origin overTls(String address, ServerCredential credential, Script script) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {credential.keyManager()}, null, null);
        return new Origin(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName(address)), script);
    }

    private Origin(ServerSocket listening, Script script) {
        server = listening;
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    connections.incrementAndGet();
                    threads.execute(() -> serve(socket, script));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    /** One that answers every request with {@code body} and keeps its connections. */
    static Origin saying(String address, String body) throws IOException {
        return new Origin(address, visit -> {
            while (visit.head() != null) {
                visit.say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            }
        });
    }

    private void serve(Socket socket, Script script) {
        try (socket) {
            script.play(new Visit(socket.getInputStream(), socket.getOutputStream()));
        } catch (IOException gone) {
            // the gateway left; what that means is for the test to see
        }
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> heads() {
        return heads;
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    /** One connection of the gateway's. */
    final class Visit {
        final InputStream in;
        final OutputStream out;

        Visit(InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        /** The next head with its empty line, or null at the end. */
        @Nullable
        String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int octet = in.read();
                if (octet < 0) {
                    return null;
                }
                head.append((char) octet);
            }
            heads.add(head.toString());
            return head.toString();
        }

        void say(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }
}
