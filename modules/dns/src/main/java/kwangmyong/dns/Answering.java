package kwangmyong.dns;

import java.net.InetAddress;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Sessions;

/** Where messages of every transport become answers: who asks is looked up, every decision is journaled. One for each thread. */
final class Answering {
    /** What answering needs; shared by all threads. */
    record Ports(
            Supplier<ZoneSet> zones,
            ServerCookies cookies,
            AddressPlan plan,
            AccessPolicy policy,
            Sessions sessions,
            Journal journal,
            LabClock clock) {}

    private final Ports ports;
    private final DnsEngine engine;

    Answering(DnsConfig config, Ports ports) {
        this.ports = ports;
        this.engine = new DnsEngine(config, ports.cookies());
    }

    /** @param peer as the socket saw it */
    DnsEngine.Outcome answer(byte[] message, int length, InetAddress peer, Carrier carrier) {
        long began = System.nanoTime();
        InetAddress terminal = ports.plan().lab(peer);
        Instant now = ports.clock().now();
        Inquiry inquiry = new Inquiry(ports.policy(), ports.sessions().at(terminal), now);
        DnsEngine.Outcome outcome =
                engine.answer(ports.zones().get(), message, length, new Asker(carrier, terminal, now, inquiry));
        inquiry.record(ports.journal(), (int) TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
        return outcome;
    }

    DnsEngine engine() {
        return engine;
    }
}
