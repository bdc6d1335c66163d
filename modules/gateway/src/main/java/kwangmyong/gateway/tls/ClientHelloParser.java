package kwangmyong.gateway.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kwangmyong.gateway.http.BadMessage;
import org.jspecify.annotations.Nullable;

/** Takes a ClientHello apart (RFC 8446 §4.1.2). Strict where two readers could see two names: every vector ends where it says. */
final class ClientHelloParser {
    private static final int VERSION_AND_RANDOM = 34;
    private static final int SERVER_NAME = 0;
    private static final int PROTOCOLS = 16;
    private static final int ENCRYPTED_HELLO = 0xfe0d;
    private static final int HOST_NAME = 0;

    private final byte[] bytes;
    private final int end;
    private int at;
    private @Nullable String serverName;
    private final List<String> protocols = new ArrayList<>();
    private boolean encryptedHello;

    ClientHelloParser(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    ClientHello parse() throws BadMessage {
        at = vectorEnd(at, VERSION_AND_RANDOM, end);
        at = skip(1); // session id
        at = skip(2); // cipher suites
        at = skip(1); // compression methods
        if (at < end) {
            int extensionsEnd = vectorEnd(at + 2, number(at, 2), end);
            if (extensionsEnd != end) {
                throw malformed();
            }
            at += 2;
            extensions();
        }
        return new ClientHello(serverName, protocols, encryptedHello);
    }

    private void extensions() throws BadMessage {
        Set<Integer> seen = new HashSet<>();
        while (at < end) {
            int type = number(at, 2);
            int from = at + 4;
            int to = vectorEnd(from, number(at + 2, 2), end);
            if (!seen.add(type)) { // RFC 8446 §4.2: each at most once
                throw new BadMessage(400, "the ClientHello has an extension twice");
            }
            switch (type) {
                case SERVER_NAME -> serverNames(from, to);
                case PROTOCOLS -> protocols(from, to);
                case ENCRYPTED_HELLO -> encryptedHello = true;
                default -> {
                    // of no concern to anyone between
                }
            }
            at = to;
        }
    }

    private void serverNames(int from, int to) throws BadMessage {
        if (vectorEnd(from + 2, number(from, 2), to) != to) {
            throw malformed();
        }
        int place = from + 2;
        while (place < to) {
            int nameEnd = vectorEnd(place + 3, number(place + 1, 2), to);
            if (number(place, 1) == HOST_NAME) {
                if (serverName != null) { // RFC 6066 §3: one of a kind
                    throw new BadMessage(400, "the ClientHello names two hosts");
                }
                serverName = text(place + 3, nameEnd).toLowerCase(Locale.ROOT);
            }
            place = nameEnd;
        }
    }

    private void protocols(int from, int to) throws BadMessage {
        if (vectorEnd(from + 2, number(from, 2), to) != to) {
            throw malformed();
        }
        int place = from + 2;
        while (place < to) {
            int nameEnd = vectorEnd(place + 1, number(place, 1), to);
            protocols.add(text(place + 1, nameEnd));
            place = nameEnd;
        }
    }

    private int skip(int lengthOctets) throws BadMessage {
        return vectorEnd(at + lengthOctets, number(at, lengthOctets), end);
    }

    private int number(int from, int octets) throws BadMessage {
        int number = 0;
        int to = vectorEnd(from, octets, end);
        for (int i = from; i < to; i++) {
            number = number << 8 | (bytes[i] & 0xff);
        }
        return number;
    }

    private static int vectorEnd(int from, int length, int limit) throws BadMessage {
        if (from + length > limit) {
            throw malformed();
        }
        return from + length;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static BadMessage malformed() {
        return new BadMessage(400, "the ClientHello is malformed");
    }
}
