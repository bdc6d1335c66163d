package kwangmyong.console.drop;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.FileLock;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.security.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/** The one way from requests of SFTP to files: every path is confined, links are never made nor followed, and only what is the operator's to change is changed. */
final class DropFiles implements SftpFileSystemAccessor {
    private static final Set<StandardOpenOption> CHANGING = Set.of(
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            StandardOpenOption.CREATE,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.DELETE_ON_CLOSE);

    private final Confinement confinement;
    private final Quota quota;
    private final DropLog log;

    DropFiles(DropConfig config, DropLog log) {
        this.confinement = new Confinement(config);
        this.quota = new Quota(config);
        this.log = log;
    }

    @Override
    public Path resolveLocalFilePath(SftpSubsystemProxy subsystem, Path root, String remote) throws IOException {
        Path asked = SftpFileSystemAccessor.DEFAULT.resolveLocalFilePath(subsystem, root, remote);
        try {
            return confinement.within(asked);
        } catch (NoSuchFileException outside) {
            log.refused(subsystem.getServerSession(), asked.toString(), "it is outside");
            throw outside;
        }
    }

    private Path writable(SftpSubsystemProxy subsystem, Path path) throws IOException {
        try {
            return confinement.writable(path);
        } catch (AccessDeniedException readOnly) {
            log.refused(subsystem.getServerSession(), path.toString(), "it is only to be read");
            throw readOnly;
        }
    }

    @Override
    public SeekableByteChannel openFile(
            SftpSubsystemProxy subsystem,
            FileHandle handle,
            Path file,
            String name,
            Set<? extends OpenOption> options,
            FileAttribute<?>... attributes)
            throws IOException {
        if (options.stream().noneMatch(CHANGING::contains)) {
            return Files.newByteChannel(
                    confinement.within(file), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        }
        Path plain = writable(subsystem, file);
        long room = quota.room(plain);
        return new Quota.Bounded(
                SftpFileSystemAccessor.DEFAULT.openFile(subsystem, handle, plain, name, options), room);
    }

    @Override
    public FileLock tryLock(
            SftpSubsystemProxy subsystem,
            FileHandle handle,
            Path file,
            String name,
            Channel channel,
            long position,
            long size,
            boolean shared)
            throws IOException {
        throw new AccessDeniedException(String.valueOf(file));
    }

    @Override
    public void syncFileData(SftpSubsystemProxy subsystem, FileHandle handle, Path file, String name, Channel channel) {
        // what is written is on its way to the disk; nothing here is promised to be there
    }

    @SuppressWarnings("StreamResourceLeak") // whoever asked closes it
    @Override
    public DirectoryStream<Path> openDirectory(
            SftpSubsystemProxy subsystem, DirectoryHandle handle, Path folder, String name, LinkOption... options)
            throws IOException {
        Path plain = confinement.within(folder);
        return Files.newDirectoryStream(
                plain,
                entry -> !Files.isSymbolicLink(entry)
                        && (!confinement.isRoot(plain)
                                || confinement.isShare(entry.getFileName().toString())));
    }

    @Override
    public void createDirectory(SftpSubsystemProxy subsystem, Path path) throws IOException {
        Path plain = writable(subsystem, path);
        quota.room(plain);
        Files.createDirectory(plain);
    }

    @Override
    public void createLink(SftpSubsystemProxy subsystem, Path link, Path existing, boolean symbolic)
            throws IOException {
        log.refused(subsystem.getServerSession(), String.valueOf(link), "links are not made");
        throw new AccessDeniedException(String.valueOf(link));
    }

    @Override
    public String resolveLinkTarget(SftpSubsystemProxy subsystem, Path link) throws IOException {
        throw new NoSuchFileException(String.valueOf(link));
    }

    @Override
    public void renameFile(SftpSubsystemProxy subsystem, Path from, Path to, Collection<CopyOption> options)
            throws IOException {
        SftpFileSystemAccessor.DEFAULT.renameFile(
                subsystem, writable(subsystem, from), writable(subsystem, to), options);
    }

    @Override
    public void copyFile(SftpSubsystemProxy subsystem, Path from, Path to, Collection<CopyOption> options)
            throws IOException {
        throw new AccessDeniedException(String.valueOf(to));
    }

    @Override
    public void removeFile(SftpSubsystemProxy subsystem, Path path, boolean isDirectory) throws IOException {
        SftpFileSystemAccessor.DEFAULT.removeFile(subsystem, writable(subsystem, path), isDirectory);
    }

    /** Times are kept, as clients that copy ask for it; a size only shrinks; all else stays as the lab has it. */
    @Override
    public void setFileAttribute(
            SftpSubsystemProxy subsystem, Path file, String view, String attribute, Object value, LinkOption... options)
            throws IOException {
        Path plain = writable(subsystem, file);
        boolean isTime = attribute.endsWith("Time");
        boolean shrinks =
                attribute.equals("size") && value instanceof Number size && size.longValue() <= Files.size(plain);
        if (isTime || shrinks) {
            SftpFileSystemAccessor.DEFAULT.setFileAttribute(
                    subsystem, plain, view, attribute, value, LinkOption.NOFOLLOW_LINKS);
        }
    }

    @Override
    public void setFilePermissions(
            SftpSubsystemProxy subsystem, Path file, Set<PosixFilePermission> permissions, LinkOption... options)
            throws IOException {
        writable(subsystem, file); // and nothing comes of it
    }

    @Override
    public void setFileOwner(SftpSubsystemProxy subsystem, Path file, Principal owner, LinkOption... options)
            throws IOException {
        writable(subsystem, file);
    }

    @Override
    public void setGroupOwner(SftpSubsystemProxy subsystem, Path file, Principal group, LinkOption... options)
            throws IOException {
        writable(subsystem, file);
    }

    @Override
    public void setFileAccessControl(
            SftpSubsystemProxy subsystem, Path file, List<AclEntry> entries, LinkOption... options) throws IOException {
        writable(subsystem, file);
    }
}
