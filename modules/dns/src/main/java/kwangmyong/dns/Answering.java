package kwangmyong.dns;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Sessions;

/** Where messages of either transport become answers: who asks is looked up, every decision is journaled. One for each thread. */
final class Answering {
    /** What answering needs; shared by all threads. */
    record Ports(
            Supplier<ZoneSet> zones,
            AddressPlan plan,
            AccessPolicy policy,
            Sessions sessions,
            Journal journal,
            LabClock clock) {}

    private final Ports ports;
    private final DnsEngine engine;

    Answering(DnsConfig config, Ports ports) {
        this.ports = ports;
        this.engine = new DnsEngine(config);
    }

    /** @param peer as the socket saw it */
    DnsEngine.Outcome answer(byte[] message, int length, InetAddress peer, boolean overTcp) {
        long began = System.nanoTime();
        Inquiry inquiry = new Inquiry(
                ports.policy(),
                ports.sessions().at(ports.plan().lab(peer)),
                ports.clock().now());
        DnsEngine.Outcome outcome = engine.answer(ports.zones().get(), message, length, overTcp, inquiry);
        inquiry.record(ports.journal(), (int) TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
        return outcome;
    }

    DnsEngine engine() {
        return engine;
    }
}
