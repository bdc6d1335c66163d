package kwangmyong.console.drop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** How much a share has room for; counted anew whenever a file is opened for writing, since others change it too. */
final class Quota {
    private final DropConfig config;

    Quota(DropConfig config) {
        this.config = config;
    }

    /**
     * How many octets there is room for beside what {@code file} has, at most a whole file.
     *
     * @throws IOException when there are too many files, or none has room
     */
    long room(Path file) throws IOException {
        Path share = file.getRoot().resolve(file.getName(0));
        var count = new Count(file);
        Files.walkFileTree(share, count);
        if (count.files >= config.mostFiles()) {
            throw new IOException("no room: there are " + count.files + " files already");
        }
        long room = Math.min(config.largest(), config.quota() - count.octets);
        if (room <= 0) {
            throw new IOException("no room: the quota of " + config.quota() + " octets is used up");
        }
        return room;
    }

    /** Of all files but one. */
    private static final class Count extends SimpleFileVisitor<Path> {
        private final Path but;
        private long octets;
        private int files;

        private Count(Path but) {
            this.but = but;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            files++;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!file.equals(but)) {
                files++;
                octets += attributes.size();
            }
            return FileVisitResult.CONTINUE;
        }
    }

    /** A file that grows to {@code most} octets and no further. */
    record Bounded(SeekableByteChannel file, long most) implements SeekableByteChannel {
        @Override
        public int write(ByteBuffer octets) throws IOException {
            if (file.position() + octets.remaining() > most) {
                throw new IOException("no room: the file would have more than " + most + " octets");
            }
            return file.write(octets);
        }

        @Override
        public int read(ByteBuffer octets) throws IOException {
            return file.read(octets);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public SeekableByteChannel position(long place) throws IOException {
            if (place > most) {
                throw new IOException("no room: the file would have more than " + most + " octets");
            }
            file.position(place);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
