package kwangmyong.bench.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder in which whoever is probed may write as well, as it is at one moment. No link is followed on the way there or within: from here it could
 * lead to what no program at the place sees, as to the token.
 */
final class Look implements AutoCloseable {
    private final @Nullable SecureDirectoryStream<Path> folder;

    private Look(@Nullable SecureDirectoryStream<Path> folder) {
        this.folder = folder;
    }

    /**
     * Opens one; nothing is in it where it is not there.
     *
     * @param root a folder that nobody else has made
     * @param path of it there, absolute
     */
    @SuppressWarnings("StreamResourceLeak") // each is closed when the next is open, the last with the look
    static Look into(Path root, String path) throws IOException {
        DirectoryStream<Path> here = Files.newDirectoryStream(root);
        for (Path part : Path.of(path)) {
            try (DirectoryStream<Path> above = here) {
                here = secure(above).newDirectoryStream(part, LinkOption.NOFOLLOW_LINKS);
            } catch (FileSystemException none) {
                return new Look(null);
            }
        }
        return new Look(secure(here));
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        throw new IOException("folders cannot be looked into safely on this system");
    }

    /** Whether it is there, and a plain file. */
    boolean isThere(String file) throws IOException {
        return size(file) >= 0;
    }

    /** Octets of a plain file; -1 without one. */
    long size(String file) throws IOException {
        if (folder == null) {
            return -1;
        }
        try {
            var about = folder.getFileAttributeView(
                            Path.of(file), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            return about.isRegularFile() ? about.size() : -1;
        } catch (NoSuchFileException none) {
            return -1;
        }
    }

    /** A plain file; empty without one. */
    InputStream open(String file) throws IOException {
        if (folder == null || !isThere(file)) {
            return InputStream.nullInputStream();
        }
        return Channels.newInputStream(
                folder.newByteChannel(Path.of(file), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }

    @Override
    public void close() throws IOException {
        if (folder != null) {
            folder.close();
        }
    }
}
