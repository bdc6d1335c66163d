package kwangmyong.console.talk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** What is typed at a terminal: it ends where a line takes too much, since the line reader would keep all of it, however long a paste is. */
public final class TypedInput extends FilterInputStream {
    /** Octets between two lines, what is read ahead included. */
    static final int MOST = 8_192;

    private final AtomicLong left = new AtomicLong(MOST);

    /** Of a channel. */
    public TypedInput(InputStream channel) {
        super(channel);
    }

    /** Another line begins. */
    public void renew() {
        left.set(MOST);
    }

    @Override
    public int read() throws IOException {
        return left.get() <= 0 ? -1 : counted(super.read(), 1);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        long most = Math.min(length, left.get());
        if (most <= 0 && length > 0) {
            return -1;
        }
        int read = super.read(into, offset, (int) most);
        return counted(read, read);
    }

    private int counted(int answer, int octets) {
        if (answer >= 0) {
            left.addAndGet(-octets);
        }
        return answer;
    }
}
