package kwangmyong.dns;

import java.nio.charset.StandardCharsets;
import kwangmyong.dns.message.Query;
import kwangmyong.dns.message.ResponseCode;
import kwangmyong.dns.message.ResponseWriter;
import kwangmyong.dns.message.Section;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.RecordType;

/** What is said of the server itself in the class CHAOS (RFC 4892): its name, to whoever asks for it. Everything else is refused. */
final class Chaos {
    private static final int CLASS_CHAOS = 3;

    private final byte[] serverName;

    /** @param serverName at most 255 octets; empty for a server that does not say */
    Chaos(String serverName) {
        byte[] name = serverName.getBytes(StandardCharsets.UTF_8);
        this.serverName = new byte[1 + name.length];
        this.serverName[0] = (byte) name.length;
        System.arraycopy(name, 0, this.serverName, 1, name.length);
    }

    /** The response code of a question of a class other than IN. */
    int answer(Query query, ResponseWriter writer) {
        boolean text = query.type() == RecordType.TXT || query.type() == RecordType.ANY;
        if (query.dnsClass() != CLASS_CHAOS || !text || serverName.length == 1) {
            return ResponseCode.REFUSED;
        }
        String name = DomainName.text(query.name().octets(), 0);
        if (!name.equals("id.server") && !name.equals("hostname.bind")) {
            return ResponseCode.REFUSED;
        }
        writer.authoritative();
        writer.add(Section.ANSWER, null, RecordType.TXT, 0, serverName);
        return ResponseCode.NOERROR;
    }
}
