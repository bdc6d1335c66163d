package kwangmyong.lab.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A local port that is some subject's terminal, for programs that cannot choose the address they speak from: what arrives over TCP leaves for the
 * gateway, and what arrives over UDP for the name server, from that terminal's address.
 */
final class TerminalRelay implements AutoCloseable {
    /** A browser opens some thirty. */
    private static final int MAX_CONNECTIONS = 256;

    private static final int CONNECT_WITHIN_MILLIS = 5_000;
    private static final int LOOKUP_WITHIN_MILLIS = 5_000;
    private static final int BUFFER = 16 * 1024;
    private static final int MAX_DATAGRAM = 65_535;

    private final InetAddress terminal;
    private final InetSocketAddress gateway;
    private final InetSocketAddress names;
    private final ServerSocket server;
    private final DatagramSocket lookups;
    private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
    private final ExecutorService threads = new ThreadPoolExecutor(
            0, 3 * MAX_CONNECTIONS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), TerminalRelay::daemon);

    private TerminalRelay(
            InetAddress terminal,
            InetSocketAddress gateway,
            InetSocketAddress names,
            ServerSocket server,
            DatagramSocket lookups) {
        this.terminal = terminal;
        this.gateway = gateway;
        this.names = names;
        this.server = server;
        this.lookups = lookups;
    }

    /**
     * Opens the port on 127.0.0.1, the same number for TCP and UDP.
     *
     * @param terminal the machine's address of the terminal
     * @param port 0 for any
     */
    static TerminalRelay open(InetAddress terminal, InetSocketAddress gateway, InetSocketAddress names, int port)
            throws IOException {
        InetAddress local = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        ServerSocket server = new ServerSocket(port, 50, local);
        try {
            var relay = new TerminalRelay(
                    terminal, gateway, names, server, new DatagramSocket(server.getLocalPort(), local));
            relay.threads.execute(relay::acceptAll);
            relay.threads.execute(relay::relayLookups);
            return relay;
        } catch (IOException taken) {
            server.close();
            throw taken;
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket client = server.accept();
                if (places.tryAcquire()) {
                    threads.execute(() -> carry(client));
                } else {
                    client.close();
                }
            }
        } catch (IOException closed) {
            // the relay is closing
        }
    }

    private void carry(Socket client) {
        try (client;
                Socket onward = new Socket()) {
            onward.bind(new InetSocketAddress(terminal, 0));
            onward.connect(gateway, CONNECT_WITHIN_MILLIS);
            var back = threads.submit(() -> copy(onward, client));
            copy(client, onward);
            back.get();
        } catch (IOException | java.util.concurrent.ExecutionException gone) {
            // either side hung up: both sockets close
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private static void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            try {
                to.close();
            } catch (IOException alreadyClosed) {
                // nothing is left to do
            }
        }
    }

    private void relayLookups() {
        byte[] buffer = new byte[MAX_DATAGRAM];
        try {
            while (true) {
                var query = new DatagramPacket(buffer, buffer.length);
                lookups.receive(query);
                byte[] bytes = java.util.Arrays.copyOf(query.getData(), query.getLength());
                InetSocketAddress asker = new InetSocketAddress(query.getAddress(), query.getPort());
                threads.execute(() -> lookUp(bytes, asker));
            }
        } catch (IOException | java.util.concurrent.RejectedExecutionException closed) {
            // the relay is closing, or a flood: a resolver asks again
        }
    }

    private void lookUp(byte[] query, InetSocketAddress asker) {
        try (var socket = new DatagramSocket(new InetSocketAddress(terminal, 0))) {
            socket.setSoTimeout(LOOKUP_WITHIN_MILLIS);
            socket.send(new DatagramPacket(query, query.length, names));
            var reply = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
            socket.receive(reply);
            lookups.send(new DatagramPacket(reply.getData(), reply.getLength(), asker));
        } catch (SocketException closed) {
            // the relay is closing
        } catch (IOException silence) {
            // a lookup that the lab does not answer is not answered here either
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        lookups.close();
        threads.shutdownNow();
    }

    private static Thread daemon(Runnable body) {
        var thread = new Thread(body, "kwm-terminal-relay");
        thread.setDaemon(true);
        return thread;
    }
}
