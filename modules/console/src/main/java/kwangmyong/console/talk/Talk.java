package kwangmyong.console.talk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel with a talker on a thread of its own, which ends when the channel does; how many there may be is the server's limit on sessions
 * and channels.
 */
public final class Talk implements Command, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Talk.class);
    private static final int FAILED = 1;

    private final Talker talker;

    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private @Nullable ExitCallback exit;
    private @Nullable Line line;
    private @Nullable Thread thread;

    /** A channel that is not open yet. */
    public Talk(Talker talker) {
        this.talker = talker;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        line = new Line(in, out, err, channel.getServerSession(), environment);
        Thread worker = new Thread(this, "kwm-console");
        worker.setDaemon(true);
        thread = worker;
        worker.start();
    }

    @Override
    public void destroy(ChannelSession closed) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public void run() {
        int status = FAILED;
        try {
            status = line == null ? FAILED : talker.talk(line);
        } catch (IOException gone) {
            LOG.debug("a console channel ended", gone);
        } catch (RuntimeException bug) {
            LOG.error("a console channel failed", bug);
        } finally {
            if (exit != null) {
                exit.onExit(status);
            }
        }
    }
}
