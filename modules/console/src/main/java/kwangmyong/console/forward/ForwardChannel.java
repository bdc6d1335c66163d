package kwangmyong.console.forward;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kwangmyong.console.forward.Forwarding.DeniedException;
import kwangmyong.console.guest.Visit;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.channel.AbstractServerChannel;
import org.apache.sshd.server.forward.DirectTcpipFactory;

/**
 * A {@code direct-tcpip} channel (RFC 4254 §7.2) of a subject's: {@code ssh -L}, {@code -D} and {@code -W}. MINA's own would connect to wherever it is
 * told. A thread carries each direction; the channel's window, a small one, bounds what waits.
 */
final class ForwardChannel extends AbstractServerChannel {
    private static final int PIECE = 16_384;
    /** Of octets that a client may send before the gateway has taken any. */
    private static final long WINDOW = 64 * 1024;

    private final Forwarding forwarding;
    private final Waiting outward = new Waiting();
    private final Visit visit;
    private final AtomicInteger directions = new AtomicInteger(2);

    private ForwardChannel(Forwarding forwarding, Visit visit) {
        super("", List.of(), null);
        CoreModuleProperties.WINDOW_SIZE.set(this, WINDOW);
        this.forwarding = forwarding;
        this.visit = visit;
    }

    /** Makes a channel for each that a client asks for. */
    record Factory(Forwarding forwarding) implements ChannelFactory {
        @Override
        public String getName() {
            return "direct-tcpip";
        }

        @Override
        public Channel createChannel(Session session) throws IOException {
            Visit visit = Visit.of(session);
            return visit == null
                    ? DirectTcpipFactory.INSTANCE.createChannel(session) // which asks the filter, that refuses
                    : new ForwardChannel(forwarding, visit);
        }
    }

    @Override
    protected OpenFuture doInit(Buffer buffer) {
        String host = buffer.getString();
        int port = buffer.getInt();
        var opening = new DefaultOpenFuture(this, this);
        start("kwm-forward-out", () -> carryOut(opening, host, port));
        return opening;
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void carryOut(OpenFuture opening, String host, int port) {
        try {
            Socket open = forwarding.open(visit.identity(), host, port);
            addCloseFutureListener(closed -> {
                outward.end();
                close(open);
                forwarding.closed(visit.identity());
            });
            signalChannelOpenSuccess();
            opening.setOpened();
            start("kwm-forward-in", () -> carryIn(open));
            carryOut(open);
        } catch (DeniedException no) {
            opening.setException(new SshChannelOpenException(
                    getChannelId(), SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, no.getMessage()));
        }
    }

    private void carryOut(Socket open) {
        try {
            OutputStream out = open.getOutputStream();
            for (byte[] piece = outward.take(); piece.length > 0; piece = outward.take()) {
                out.write(piece);
                getLocalWindow().release(piece.length);
            }
            open.shutdownOutput();
            ended();
        } catch (IOException gone) {
            close(true);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryIn(Socket open) {
        try (var out = new ChannelOutputStream(this, getRemoteWindow(), log, SshConstants.SSH_MSG_CHANNEL_DATA, true)) {
            InputStream in = open.getInputStream();
            byte[] piece = new byte[PIECE];
            int length;
            while ((length = in.read(piece)) > 0) {
                out.write(piece, 0, length);
                out.flush();
            }
        } catch (IOException gone) {
            close(true);
        }
        ended();
    }

    /** A direction is over; with the second one everything is. */
    private void ended() {
        if (directions.decrementAndGet() == 0) {
            close(false);
        }
    }

    private static void close(Socket open) {
        try {
            open.close();
        } catch (IOException closed) {
            // it was
        }
    }

    @Override
    protected void doWriteData(byte[] data, int offset, long length) {
        outward.put(data, offset, (int) length);
    }

    @Override
    protected void doWriteExtendedData(byte[] data, int offset, long length) throws IOException {
        throw new IOException("a forwarded connection has one stream");
    }

    @Override
    public void handleEof() throws IOException {
        super.handleEof();
        outward.end();
    }
}
