package kwangmyong.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A stream of an HTTP/2 connection that looks like a connection of its own, so that TLS may be spoken in it. */
final class StreamSocket extends Socket {
    private final FrameClient client;
    private final int stream;
    private byte[] payload = {};
    private int at;

    /** A stream whose request has been answered; what comes from now on is data. */
    StreamSocket(FrameClient client, int stream) {
        this.client = client;
        this.stream = stream;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                while (at == payload.length) {
                    FrameClient.Frame next = client.read(FrameClient.DATA);
                    if (next == null || (next.flags() & FrameClient.END_STREAM) != 0) {
                        return -1;
                    }
                    payload = next.payload();
                    at = 0;
                }
                int count = Math.min(length, payload.length - at);
                System.arraycopy(payload, at, into, from, count);
                at += count;
                return count;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int from, int length) throws IOException {
                client.data(stream, false, new String(octets, from, length, StandardCharsets.ISO_8859_1));
            }
        };
    }

    @Override
    public synchronized void close() throws IOException {
        client.data(stream, true, "");
    }
}
