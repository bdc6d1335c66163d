import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens idle tunnels for scripts/benchmarks/gateway: java gateway-tunnels.java PROXY-HOST PROXY-PORT AUTHORITY COUNT. An authority of "-" opens
 * connections and says nothing. Says how many stand once they do, and keeps them until its input ends.
 */
final class GatewayTunnels {
    public static void main(String[] arguments) throws IOException {
        var proxy = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        String authority = arguments[2];
        int count = Integer.parseInt(arguments[3]);
        byte[] connect = ("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        List<SocketChannel> tunnels = new ArrayList<>();
        ByteBuffer answer = ByteBuffer.allocate(1_024);
        for (int i = 0; i < count; i++) {
            SocketChannel tunnel = SocketChannel.open(proxy);
            tunnels.add(tunnel);
            if (authority.equals("-")) {
                continue;
            }
            tunnel.write(ByteBuffer.wrap(connect));
            answer.clear();
            int octets = tunnel.read(answer);
            String said = new String(answer.array(), 0, Math.max(octets, 0), StandardCharsets.ISO_8859_1);
            if (!said.startsWith("HTTP/1.1 200") && !said.startsWith("HTTP/1.0 200")) {
                System.out.println("tunnel " + i + " was refused: " + said.lines().findFirst().orElse("closed"));
                System.exit(1);
            }
        }
        System.out.println("open " + tunnels.size());
        while (System.in.read() >= 0) {
            // kept open until the measurement has been taken
        }
        for (SocketChannel tunnel : tunnels) {
            tunnel.close();
        }
    }
}
