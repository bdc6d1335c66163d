package kwangmyong.access.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The file that lines go to. Tests stand a failing one in its place. */
interface Disk extends Closeable {
    /** In bytes. */
    long size() throws IOException;

    void append(ByteBuffer bytes) throws IOException;

    /** Returns once everything appended is on the disk. */
    void force() throws IOException;

    void truncate(long size) throws IOException;

    static Disk of(FileChannel channel) {
        return new Disk() {
            @Override
            public long size() throws IOException {
                return channel.size();
            }

            @Override
            public void append(ByteBuffer bytes) throws IOException {
                long at = channel.size();
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            }

            @Override
            public void force() throws IOException {
                channel.force(false); // fdatasync: the size of the file is part of it, the times are not
            }

            @Override
            public void truncate(long size) throws IOException {
                channel.truncate(size);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
