package kwangmyong.gateway.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** ClientHellos as the JDK says them, and bent ones. */
public final class HelloMaker {
    private static final int ROOM = 32 * 1_024;
    private static final int HEADER = 5;

    private HelloMaker() {}

    /** A ClientHello in one record that names {@code host}, or nobody, and offers {@code protocols}. */
    public static byte[] hello(@Nullable String host, String... protocols) {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setApplicationProtocols(protocols);
            parameters.setServerNames(host == null ? List.of() : List.of(new SNIHostName(host)));
            engine.setSSLParameters(parameters);
            ByteBuffer out = ByteBuffer.allocate(ROOM);
            engine.wrap(ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (NoSuchAlgorithmException | SSLException impossible) {
            throw new AssertionError(impossible); // every JDK says hello
        }
    }

    /** The same message over records of at most {@code size} octets each. */
    public static byte[] inRecords(byte[] record, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = HEADER; at < record.length; at += size) {
            int count = Math.min(size, record.length - at);
            out.write(record, 0, 3);
            out.write(count >> 8);
            out.write(count);
            out.write(record, at, count);
        }
        return out.toByteArray();
    }

    /** A hello that names {@code host}, with one extension more at its end. */
    public static byte[] with(String host, byte[] extension) {
        byte[] plain = hello(host);
        byte[] longer = Arrays.copyOf(plain, plain.length + extension.length);
        System.arraycopy(extension, 0, longer, plain.length, extension.length);
        add(longer, 3, extension.length);
        add(longer, 7, extension.length);
        int at = HEADER + 4 + 34;
        at += 1 + longer[at];
        at += 2 + number(longer, at);
        at += 1 + longer[at];
        add(longer, at, extension.length);
        return longer;
    }

    /** An encrypted ClientHello's extension, or what a browser sends in its place. */
    public static byte[] encryptedHello() {
        return new byte[] {(byte) 0xfe, 0x0d, 0, 1, 0};
    }

    /** The extension that names a host. */
    static byte[] serverName(String host) {
        ByteBuffer out = ByteBuffer.allocate(host.length() + 9);
        out.putShort((short) 0).putShort((short) (host.length() + 5)).putShort((short) (host.length() + 3));
        out.put((byte) 0).putShort((short) host.length()).put(host.getBytes(StandardCharsets.US_ASCII));
        return out.array();
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static void add(byte[] bytes, int at, int more) {
        int sum = number(bytes, at) + more;
        bytes[at] = (byte) (sum >> 8);
        bytes[at + 1] = (byte) sum;
    }
}
