package kwangmyong.gateway;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.EmptyHttp2Headers;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that writes exactly the HTTP/2 frames it is told to, well-formed or not (RFC 9113 §4). */
final class FrameClient implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private Http2Headers section = EmptyHttp2Headers.INSTANCE;

    FrameClient(Client client) throws IOException {
        this.socket = client.socket;
        this.in = new DataInputStream(client.in);
        raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0);
    }

    /** A frame as read. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(int type, int flags, int stream, byte[] payload) {
        int code() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }
    }

    /** Everything that came on one stream up to its end. */
    record Reply(String status, String headers, String body, int reset) {}

    FrameClient raw(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
        return this;
    }

    FrameClient frame(int type, int flags, int stream, byte... payload) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(9 + payload.length);
        out.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        out.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        return raw(out.array());
    }

    FrameClient headers(int stream, boolean last, String... namesAndValues) throws IOException {
        return frame(HEADERS, END_HEADERS | (last ? END_STREAM : 0), stream, block(namesAndValues));
    }

    FrameClient data(int stream, boolean last, String octets) throws IOException {
        return frame(DATA, last ? END_STREAM : 0, stream, octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    FrameClient get(int stream, String authority, String path) throws IOException {
        return headers(stream, true, ":method", "GET", ":scheme", "http", ":authority", authority, ":path", path);
    }

    /** Literal fields without indexing or Huffman (RFC 7541 §6.2.2), so that anything can be said. */
    static byte[] block(String... namesAndValues) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            out.write(0);
            string(out, namesAndValues[i]);
            string(out, namesAndValues[i + 1]);
        }
        return out.toByteArray();
    }

    private static void string(ByteArrayOutputStream out, String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        if (octets.length < 127) {
            out.write(octets.length);
        } else {
            out.write(127);
            int left = octets.length - 127;
            while (left >= 128) {
                out.write(left % 128 + 128);
                left /= 128;
            }
            out.write(left);
        }
        out.writeBytes(octets);
    }

    /** The next frame; null when the connection has ended. Acknowledges settings. */
    @org.jspecify.annotations.Nullable
    Frame read() throws IOException {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            Frame frame = new Frame(in.readUnsignedByte(), in.readUnsignedByte(), in.readInt(), in.readNBytes(length));
            if (frame.type == SETTINGS && frame.flags == 0) {
                frame(SETTINGS, 1, 0);
            } else if (frame.type == HEADERS) {
                section = decoder.decodeHeaders(frame.stream, Unpooled.wrappedBuffer(frame.payload));
            }
            return frame;
        } catch (Http2Exception malformed) {
            throw new IOException(malformed);
        } catch (EOFException | java.net.SocketException ended) {
            return null;
        }
    }

    /** The next frame of a type, others passed over; null when the connection ends before. */
    @org.jspecify.annotations.Nullable
    Frame read(int type) throws IOException {
        Frame frame = read();
        while (frame != null && frame.type != type) {
            frame = read();
        }
        return frame;
    }

    /** What answers a stream: until its end, its reset, or the connection's end. Gives windows back as it reads. */
    Reply reply(int stream) throws IOException {
        StringBuilder status = new StringBuilder();
        StringBuilder headers = new StringBuilder();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            Frame frame = read();
            if (frame == null) {
                return new Reply(status.toString(), headers.toString(), Client.text(body.toByteArray()), -1);
            }
            if (frame.type == HEADERS) {
                for (var each : section) {
                    headers.append(each.getKey())
                            .append(": ")
                            .append(each.getValue())
                            .append('\n');
                    if (each.getKey().toString().equals(":status")) {
                        status.append(status.isEmpty() ? "" : " ").append(each.getValue());
                    }
                }
            } else if (frame.type == DATA && frame.stream == stream) {
                body.writeBytes(frame.payload);
                if (frame.payload.length > 0) {
                    byte[] more =
                            ByteBuffer.allocate(4).putInt(frame.payload.length).array();
                    frame(WINDOW_UPDATE, 0, 0, more);
                    frame(WINDOW_UPDATE, 0, stream, more);
                }
            } else if (frame.type == RST_STREAM && frame.stream == stream) {
                return new Reply(status.toString(), headers.toString(), Client.text(body.toByteArray()), frame.code());
            }
            boolean ends = (frame.type == HEADERS || frame.type == DATA) && (frame.flags & END_STREAM) != 0;
            if (ends && frame.stream == stream) {
                return new Reply(status.toString(), headers.toString(), Client.text(body.toByteArray()), -1);
            }
        }
    }

    /** Every frame type that comes until the connection ends. */
    List<Integer> rest() throws IOException {
        List<Integer> types = new ArrayList<>();
        for (Frame frame = read(); frame != null; frame = read()) {
            types.add(frame.type);
        }
        return types;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
