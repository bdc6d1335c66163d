package kwangmyong.lab.control;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running lab's end of the control socket. Each conversation has a thread; only the lab's owner can open one. */
public final class ControlServer implements AutoCloseable {
    /** Conversations at once; further ones wait. */
    private static final int MAX_CONVERSATIONS = 32;

    private static final Logger log = LoggerFactory.getLogger(ControlServer.class);

    private final ServerSocketChannel socket;
    private final UnixDomainSocketAddress address;
    private final Interpreter interpreter;
    private final Semaphore places = new Semaphore(MAX_CONVERSATIONS);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private ControlServer(ServerSocketChannel socket, UnixDomainSocketAddress address, Interpreter interpreter) {
        this.socket = socket;
        this.address = address;
        this.interpreter = interpreter;
    }

    /**
     * Opens the socket and answers until closed.
     *
     * @param runFolder the lab's run folder; whoever calls holds the lab's lock, so a socket left there is nobody's
     */
    public static ControlServer open(Path runFolder, Interpreter interpreter) throws IOException {
        UnixDomainSocketAddress address = ControlSocket.address(runFolder);
        ControlSocket.prepare(address);
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(address);
            Files.setPosixFilePermissions(address.getPath(), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
        var server = new ControlServer(socket, address, interpreter);
        server.thread("kwm-control", server::accept).start();
        return server;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = socket.accept();
                places.acquireUninterruptibly();
                open.add(channel);
                thread("kwm-control-conversation", () -> converse(channel)).start();
            }
        } catch (ClosedChannelException stopped) {
            log.debug("control socket closed");
        } catch (IOException failed) {
            log.warn("the control socket stopped: {}", failed.toString());
        }
    }

    private void converse(SocketChannel channel) {
        try (channel;
                var reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
                var writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            if (line != null
                    && line.length() <= Frame.MAX_LENGTH
                    && Frame.decode(line) instanceof Frame.Request request) {
                answer(request, writer);
            }
        } catch (IOException | IllegalArgumentException gone) {
            log.debug("a control conversation ended: {}", gone.toString());
        } finally {
            open.remove(channel);
            places.release();
        }
    }

    private void answer(Frame.Request request, BufferedWriter writer) throws IOException {
        var out = new PrintStream(new FrameStream(writer, false), true, StandardCharsets.UTF_8);
        var err = new PrintStream(new FrameStream(writer, true), true, StandardCharsets.UTF_8);
        int status;
        try {
            status = interpreter.run(request.arguments(), request.screen(), out, err);
        } catch (RuntimeException bug) {
            log.error("the command {} failed", request.arguments(), bug);
            err.println("kwm: the command failed inside the lab; its log says how");
            status = 1;
        }
        out.flush();
        err.flush();
        synchronized (writer) {
            writer.write(new Frame.Exit(status).encode());
            writer.write('\n');
            writer.flush();
        }
    }

    /** Stops answering and takes the socket away. */
    @Override
    public void close() {
        try {
            socket.close();
            Files.deleteIfExists(address.getPath());
            for (SocketChannel channel : open) {
                channel.close();
            }
        } catch (IOException leftBehind) {
            log.debug("the control socket stays behind: {}", leftBehind.toString());
        }
    }

    private Thread thread(String name, Runnable body) {
        var thread = new Thread(body, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Turns what is printed into frames, one a flush. */
    private static final class FrameStream extends OutputStream {
        private final BufferedWriter writer;
        private final boolean isError;
        private final java.io.ByteArrayOutputStream pending = new java.io.ByteArrayOutputStream();

        FrameStream(BufferedWriter writer, boolean isError) {
            this.writer = writer;
            this.isError = isError;
        }

        @Override
        public synchronized void write(int oneByte) {
            pending.write(oneByte);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            pending.write(bytes, offset, length);
        }

        @Override
        public synchronized void flush() throws IOException {
            if (pending.size() == 0 || endsInsideACharacter()) {
                return;
            }
            String text = pending.toString(StandardCharsets.UTF_8);
            pending.reset();
            synchronized (writer) {
                writer.write(new Frame.Output(isError, text).encode());
                writer.write('\n');
                writer.flush();
            }
        }

        /** A flush between the bytes of one character (PrintStream flushes after every write) waits for the rest. */
        private boolean endsInsideACharacter() {
            byte[] bytes = pending.toByteArray();
            for (int back = 1; back <= Math.min(4, bytes.length); back++) {
                int lead = bytes[bytes.length - back] & 0xff;
                if (lead < 0x80) {
                    return false;
                }
                if (lead >= 0xc0) {
                    int needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
                    return back < needed;
                }
            }
            return false;
        }
    }
}
