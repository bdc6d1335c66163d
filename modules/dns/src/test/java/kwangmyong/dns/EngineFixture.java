package kwangmyong.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.testkit.ScriptedPolicy;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks an engine as a client would; dnsjava writes the questions and reads the answers. */
final class EngineFixture {
    private static final InetAddress CLIENT = Addresses.parse("10.76.20.11");

    private final ZoneSet zones;
    private final ServerCookies cookies = new ServerCookies();
    private final DnsConfig config = new DnsConfig(List.of(), List.of(), DnsConfig.Limits.DEFAULT, 5, "kwm-test");
    private DnsEngine engine = new DnsEngine(config, cookies);
    private Decider decider = (action, name, type) -> ScriptedPolicy.allow("test");
    private Carrier carrier = Carrier.UDP;
    private boolean edns;

    EngineFixture(ZoneSet zones) {
        this.zones = zones;
    }

    /** A message that came back. */
    record Reply(Message message, int length) {
        /** Response code and the flags that matter, as {@code NXDOMAIN aa}. */
        String header() {
            return Rcode.string(message.getRcode())
                    + (message.getHeader().getFlag(Flags.AA) ? " aa" : "")
                    + (message.getHeader().getFlag(Flags.TC) ? " tc" : "");
        }

        /** The section's records as {@code owner ttl type data}, the OPT record left out. */
        List<String> section(int section) {
            return message.getSection(section).stream()
                    .filter(record -> record.getType() != Type.OPT)
                    .map(record -> record.getName() + " " + record.getTTL() + " " + Type.string(record.getType()) + " "
                            + record.rdataToString())
                    .toList();
        }
    }

    /** An engine of another configuration, with the same cookies. */
    void configured(UnaryOperator<DnsConfig> change) {
        engine = new DnsEngine(change.apply(config), cookies);
    }

    EngineFixture over(Carrier by) {
        carrier = by;
        return this;
    }

    EngineFixture overTcp() {
        carrier = Carrier.TCP;
        return this;
    }

    EngineFixture overUdp() {
        carrier = Carrier.UDP;
        return this;
    }

    EngineFixture withEdns() {
        edns = true;
        return this;
    }

    void deciding(Decider by) {
        decider = by;
    }

    static Message query(String name, int type) {
        return query(name, type, DClass.IN);
    }

    static Message query(String name, int type, int dnsClass) {
        try {
            return Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, dnsClass));
        } catch (TextParseException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    Reply ask(String name, int type) {
        Message query = query(name, type);
        if (edns) {
            query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        }
        return send(query);
    }

    Reply send(Message query) {
        return send(query.toWire());
    }

    Reply send(byte[] query) {
        DnsEngine.Outcome outcome = outcome(query);
        if (outcome != DnsEngine.Outcome.ANSWER) {
            throw new AssertionError(outcome + " (expected: an answer)");
        }
        return reply(engine.response(), engine.length());
    }

    DnsEngine.Outcome outcome(String name, int type) {
        return outcome(query(name, type).toWire());
    }

    DnsEngine.Outcome outcome(byte[] query) {
        return engine.answer(zones, query, query.length, new Asker(carrier, CLIENT, Instant.EPOCH, decider));
    }

    /** Every record of a transfer, in order. */
    List<Record> transfer(String origin) {
        DnsEngine.Outcome outcome = outcome(origin, Type.AXFR);
        if (outcome != DnsEngine.Outcome.TRANSFER) {
            throw new AssertionError(outcome + " (expected: a transfer)");
        }
        List<Record> records = new ArrayList<>();
        ZoneTransfer transfer = engine.transferred();
        while (transfer.hasNext()) {
            int length = transfer.next();
            records.addAll(reply(transfer.message(), length).message().getSection(Section.ANSWER));
        }
        return records;
    }

    byte[] response() {
        return Arrays.copyOf(engine.response(), engine.length());
    }

    private static Reply reply(byte[] octets, int length) {
        try {
            return new Reply(new Message(Arrays.copyOf(octets, length)), length);
        } catch (IOException malformed) {
            throw new AssertionError(malformed);
        }
    }
}
