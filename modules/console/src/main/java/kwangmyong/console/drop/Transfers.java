package kwangmyong.console.drop;

import java.nio.file.CopyOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.jspecify.annotations.Nullable;

/** Counts what is read and written of each file, and tells when it is closed. */
final class Transfers implements SftpEventListener {
    private final DropLog log;
    private final Map<FileHandle, Counted> open = new ConcurrentHashMap<>();

    /** Of one thread: requests on one handle come one after another. */
    private static final class Counted {
        private long read;
        private long written;
    }

    Transfers(DropLog log) {
        this.log = log;
    }

    @Override
    public void read(
            ServerSession session,
            String name,
            FileHandle handle,
            long offset,
            byte[] data,
            int place,
            int wanted,
            int length,
            @Nullable Throwable failure) {
        open.computeIfAbsent(handle, fresh -> new Counted()).read += Math.max(0, length);
    }

    @Override
    public void written(
            ServerSession session,
            String name,
            FileHandle handle,
            long offset,
            byte[] data,
            int place,
            int length,
            @Nullable Throwable failure) {
        if (failure == null) {
            open.computeIfAbsent(handle, fresh -> new Counted()).written += length;
        } else {
            log.refused(session, handle.getFile().toString(), String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public void closed(ServerSession session, String name, Handle handle, @Nullable Throwable failure) {
        if (!(handle instanceof FileHandle file)) {
            return;
        }
        Counted counted = open.remove(file);
        String path = file.getFile().toString();
        if (counted != null && counted.written > 0) {
            log.done(session, "file-written", path, counted.written + " octets");
        } else if (counted != null) {
            log.done(session, "file-read", path, counted.read + " octets");
        }
    }

    /** What was open when the connection went. */
    @Override
    public void exiting(ServerSession session, Handle handle) {
        closed(session, "", handle, null);
    }

    @Override
    public void created(ServerSession session, Path path, Map<String, ?> attributes, @Nullable Throwable failure) {
        if (failure == null) {
            log.done(session, "folder-made", path.toString(), "");
        }
    }

    @Override
    public void moved(
            ServerSession session, Path from, Path to, Collection<CopyOption> options, @Nullable Throwable failure) {
        if (failure == null) {
            log.done(session, "file-moved", from.toString(), "to " + to);
        }
    }

    @Override
    public void removed(ServerSession session, Path path, boolean isDirectory, @Nullable Throwable failure) {
        if (failure == null) {
            log.done(session, "file-removed", path.toString(), "");
        }
    }
}
