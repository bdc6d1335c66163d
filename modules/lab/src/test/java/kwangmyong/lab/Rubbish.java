package kwangmyong.lab;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What no honest client sends: openings that a service knows, cut, flipped, repeated or followed by noise. */
final class Rubbish {
    private static final String HELLO = "\26\3\1\2\0\1\0\1\374\3\3";
    private static final List<String> HTTP = List.of(
            "GET /login HTTP/1.1\r\nHost: portal.kp\r\n\r\n",
            "POST /login HTTP/1.1\r\nHost: portal.kp\r\nContent-Length: 7\r\n\r\nname=%4",
            "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n");
    private static final List<String> SMTP = List.of(
            "EHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n.\r\n",
            "HELO\r\nDATA\r\n.\r\n",
            "EHLO a\r\nAUTH PLAIN AAAA\r\n",
            "EHLO a\r\nSTARTTLS\r\n" + HELLO);
    private static final List<String> POP3 = List.of(
            "CAPA\r\nUSER resident\r\nPASS x\r\n", "APOP a b\r\n", "STLS\r\n" + HELLO, "AUTH PLAIN\r\nAAAA\r\n");

    /** By the port that the lab's own addresses have. */
    private static final Map<Integer, List<String>> OPENINGS = Map.ofEntries(
            Map.entry(22, List.of("SSH-2.0-OpenSSH_9.2\r\n\0\0\1\14\4\24", "GET / HTTP/1.1\r\n\r\n")),
            Map.entry(25, SMTP),
            Map.entry(53, List.of("\0\33\0\1\1\0\0\1\0\0\0\0\0\0\3kcn\0\0\1\0\1", "\0\2\0\0")),
            Map.entry(80, HTTP),
            Map.entry(110, POP3),
            Map.entry(443, HTTP),
            Map.entry(465, SMTP),
            Map.entry(587, SMTP),
            Map.entry(995, POP3),
            Map.entry(
                    3128,
                    List.of(
                            "GET http://kcna.kp/ HTTP/1.1\r\nHost: kcna.kp\r\n\r\n",
                            "CONNECT kcna.kp:443 HTTP/1.1\r\nHost: kcna.kp:443\r\n\r\n" + HELLO,
                            "POST http://kcna.kp/ HTTP/1.1\r\nHost: kcna.kp\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")));

    private static final List<String> UNKNOWN = List.of(HELLO, HTTP.get(0), "");

    private Rubbish() {}

    /** For whoever listens there. */
    static byte[] of(int port, Random random) {
        List<String> openings = OPENINGS.getOrDefault(port, UNKNOWN);
        byte[] opening = openings.get(random.nextInt(openings.size())).getBytes(StandardCharsets.ISO_8859_1);
        int kept = random.nextInt(4) == 0 ? opening.length : random.nextInt(opening.length + 1);
        byte[] noise = new byte[random.nextInt(1 << (random.nextInt(13) + 1))];
        random.nextBytes(noise);
        byte[] all = Arrays.copyOf(opening, kept + noise.length);
        System.arraycopy(noise, 0, all, kept, noise.length);
        for (int flips = random.nextInt(4); flips > 0 && kept > 0; flips--) {
            all[random.nextInt(kept)] ^= (byte) (1 << random.nextInt(8));
        }
        return all;
    }

    /** Before TLS; most of it is no beginning of TLS either. */
    static byte[] beforeTls(Random random) {
        byte[] noise = new byte[random.nextInt(600)];
        random.nextBytes(noise);
        byte[] hello = HELLO.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(hello, 0, noise, 0, Math.min(noise.length, random.nextInt(hello.length + 1)));
        return noise;
    }
}
