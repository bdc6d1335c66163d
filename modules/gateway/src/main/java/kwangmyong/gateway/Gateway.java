package kwangmyong.gateway;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.kernel.session.Sessions;

/**
 * What all connections of one gateway share.
 *
 * @param sealedFor which lab addresses are told who asks: those of inside sites
 */
record Gateway(
        GatewayConfig config,
        GatewayEngine engine,
        AddressPlan plan,
        Sessions sessions,
        Journal journal,
        LabClock clock,
        AskerSeal seal,
        Predicate<InetAddress> sealedFor,
        Answers answers,
        Refusals refusals,
        Census census) {

    /** How many there are at the moment. */
    record Census(AtomicInteger connections, AtomicInteger tunnels) {
        Census() {
            this(new AtomicInteger(), new AtomicInteger());
        }

        /** Counts one more tunnel, unless there are as many as may be. */
        boolean opensTunnel(int most) {
            if (tunnels.incrementAndGet() > most) {
                tunnels.decrementAndGet();
                return false;
            }
            return true;
        }

        void tunnelClosed() {
            tunnels.decrementAndGet();
        }
    }
}
