package kwangmyong.dns;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import kwangmyong.dns.TransferConfig.Told;
import kwangmyong.dns.tsig.TsigExchange;
import kwangmyong.dns.tsig.TsigKey;
import kwangmyong.dns.zone.CanonicalName;
import kwangmyong.dns.zone.Serial;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Tells other servers of new versions of zones (RFC 1996), over UDP, until they have heard it or have been told often enough. One thread does it, one server
 * after the other; each is a line in the journal.
 */
final class Notifier {
    /** How often a server is told that does not answer; RFC 1996 §3.6 has five as an upper bound. */
    private static final int TRIES = 4;

    /** The first wait for an answer in milliseconds; each further one is twice as long. */
    private static final int FIRST_WAIT = 500;

    private static final int MAX_ANSWER = 4_096;

    private final TransferConfig config;
    private final AddressPlan plan;
    private final Journal journal;
    private final LabClock clock;
    private @Nullable ExecutorService teller;

    Notifier(TransferConfig config, AddressPlan plan, Journal journal, LabClock clock) {
        this.config = config;
        this.plan = plan;
        this.journal = journal;
        this.clock = clock;
    }

    /** Tells of every zone whose serial rose from one set to the other, or which is new. Returns at once. */
    synchronized void tell(ZoneSet before, ZoneSet after) {
        if (config.told().isEmpty()) {
            return;
        }
        CanonicalName name = new CanonicalName();
        for (Zone zone : after.zones()) {
            name.set(zone.apex().owner(), 0);
            Zone old = before.enclosing(name, 0);
            if (old == null
                    || old.apex().labels() != zone.apex().labels()
                    || Serial.isAfter(Serial.of(zone), Serial.of(old))) {
                config.told().stream()
                        .filter(server -> server.isToldOf(zone.apex().text()))
                        .forEach(server -> begin(zone, server));
            }
        }
    }

    private void begin(Zone zone, Told server) {
        if (teller == null) {
            teller = Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, "kwm-dns-notify");
                thread.setDaemon(true);
                return thread;
            });
        }
        try {
            teller.execute(() -> tell(zone, server));
        } catch (RejectedExecutionException stopping) {
            teller = null; // the next start tells of everything anyhow
        }
    }

    synchronized void stop() {
        if (teller != null) {
            teller.shutdownNow();
            teller = null;
        }
    }

    private void tell(Zone zone, Told server) {
        String outcome;
        try {
            outcome = exchange(zone, server);
        } catch (IOException unreachable) {
            outcome = "not reached: " + unreachable.getMessage();
        }
        journal.record(new Event(
                clock.now(),
                Layer.DNS,
                null,
                "notify",
                zone.apex().text() + " " + Serial.of(zone),
                null,
                server.address().getAddress().getHostAddress() + ": " + outcome,
                0));
    }

    private String exchange(Zone zone, Told server) throws IOException {
        InetSocketAddress socketAddress = plan.socket(server.address());
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(socketAddress);
            int wait = FIRST_WAIT;
            for (int attempt = 0; attempt < TRIES; attempt++, wait *= 2) {
                Message message = message(zone);
                byte[] wire = signed(message.toWire(), server);
                socket.send(new DatagramPacket(wire, wire.length));
                socket.setSoTimeout(wait);
                try {
                    DatagramPacket answer = new DatagramPacket(new byte[MAX_ANSWER], MAX_ANSWER);
                    socket.receive(answer);
                    Message heard = new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
                    if (heard.getHeader().getFlag(Flags.QR)
                            && heard.getHeader().getID() == message.getHeader().getID()) {
                        return Rcode.string(heard.getHeader().getRcode());
                    }
                } catch (SocketTimeoutException nothingCame) {
                    // told once more
                }
            }
            return "no answer";
        }
    }

    /** The zone's SOA stands in it as a hint (RFC 1996 §3.7). */
    private static Message message(Zone zone) throws IOException {
        Name apex = new Name(zone.apex().owner());
        Message message = Message.newQuery(Record.newRecord(apex, Type.SOA, DClass.IN));
        message.getHeader().setOpcode(Opcode.NOTIFY);
        message.getHeader().setFlag(Flags.AA);
        message.getHeader().unsetFlag(Flags.RD);
        message.addRecord(
                Record.newRecord(
                        apex, Type.SOA, DClass.IN, zone.soa().ttl(), zone.soa().data(0)),
                Section.ANSWER);
        return message;
    }

    private byte[] signed(byte[] wire, Told server) {
        TsigKey key = server.key() == null ? null : config.keys().find(server.key());
        return key == null
                ? wire
                : new TsigExchange(key)
                        .sign(wire, wire.length, config.machineTime().instant());
    }
}
