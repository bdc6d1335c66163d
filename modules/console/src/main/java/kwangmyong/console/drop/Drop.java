package kwangmyong.console.drop;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Predicate;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** The file drop of a server: SFTP version 3, which OpenSSH speaks, {@code scp} among it. */
public final class Drop {
    private static final int MOST_HANDLES = 64;

    private Drop() {}

    /**
     * Adds the drop to a server that is not started.
     *
     * @param mayUse whether whoever is at the far end may; asked for each channel
     * @throws IOException when a share cannot be made
     */
    public static void add(SshServer server, DropConfig config, DropLog log, Predicate<Session> mayUse)
            throws IOException {
        for (String share : config.shares().keySet()) {
            Files.createDirectories(config.root().resolve(share));
        }
        SftpSubsystemFactory factory = new SftpSubsystemFactory.Builder()
                .withFileSystemAccessor(new DropFiles(config, log))
                .build();
        factory.addSftpEventListener(new Transfers(log));
        server.setFileSystemFactory(new VirtualFileSystemFactory(config.root()));
        SftpModuleProperties.MAX_OPEN_HANDLES_PER_SESSION.set(server, MOST_HANDLES);
        server.setSubsystemFactories(List.of(new ForThoseWhoMay(factory, log, mayUse)));
    }

    /** Refuses the subsystem to subjects, and to an operator without the scope. */
    private record ForThoseWhoMay(SftpSubsystemFactory factory, DropLog log, Predicate<Session> mayUse)
            implements SubsystemFactory {
        @Override
        public String getName() {
            return factory.getName();
        }

        @Override
        public Command createSubsystem(ChannelSession channel) throws IOException {
            if (!mayUse.test(channel.getSession())) {
                log.refused(channel.getSession(), "sftp", "files need the scope files");
                throw new IOException("files need the scope files");
            }
            return factory.createSubsystem(channel);
        }
    }
}
