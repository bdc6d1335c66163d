package kwangmyong.dns;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Sessions;
import org.jspecify.annotations.Nullable;

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
            LabClock clock,
            Consumer<String> waker) {
        /** Where no zone comes from elsewhere. */
        Ports(
                Supplier<ZoneSet> zones,
                ServerCookies cookies,
                AddressPlan plan,
                AccessPolicy policy,
                Sessions sessions,
                Journal journal,
                LabClock clock) {
            this(zones, cookies, plan, policy, sessions, journal, clock, zone -> {});
        }
    }

    private final Ports ports;
    private final View view;
    private final DnsEngine engine;
    private @Nullable Inquiry inquiry;

    /** Answers everybody from every zone. */
    Answering(DnsConfig config, Ports ports) {
        this(config, ports, null);
    }

    /** @param resolver where only one attachment is answered; null where everybody is */
    Answering(DnsConfig config, Ports ports, DnsConfig.@Nullable Resolver resolver) {
        this.ports = ports;
        this.view = new View(ports.zones(), resolver);
        this.engine = new DnsEngine(config, ports.cookies());
    }

    /** @param peer as the socket saw it */
    DnsEngine.Outcome answer(byte[] message, int length, InetAddress peer, Carrier carrier) {
        long began = System.nanoTime();
        DnsEngine.Outcome outcome = answerUnrecorded(message, length, peer, carrier);
        inquiry().record(ports.journal(), (int) TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
        return outcome;
    }

    /** As {@link #answer}, where the caller sees to it that what {@link #inquiry} decided is journaled. */
    DnsEngine.Outcome answerUnrecorded(byte[] message, int length, InetAddress peer, Carrier carrier) {
        InetAddress terminal = ports.plan().lab(peer);
        Instant now = ports.clock().now();
        Inquiry asked =
                new Inquiry(ports.policy(), ports.sessions().at(terminal), now, view.attachment(), ports.waker());
        inquiry = asked;
        return engine.answer(view.zones(), message, length, new Asker(carrier, terminal, now, asked));
    }

    /** What the last query decided. */
    Inquiry inquiry() {
        return Objects.requireNonNull(inquiry, "nothing was asked yet");
    }

    Ports ports() {
        return ports;
    }

    DnsEngine engine() {
        return engine;
    }
}
