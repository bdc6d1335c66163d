package kwangmyong.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import kwangmyong.gateway.cache.ResponseCache;
import kwangmyong.gateway.quota.Meter;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.kernel.session.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one gateway share.
 *
 * @param cache what is kept of answers; null for nothing
 * @param meter what subjects use; null where nothing is metered
 * @param interceptor opens TLS where rules say so; null where there is nothing to do it with
 * @param inside the opened tunnel that requests come out of; null for what clients ask of the gateway itself
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
        @Nullable ResponseCache cache,
        @Nullable Meter meter,
        Census census,
        @Nullable Interceptor interceptor,
        @Nullable Inside inside) {

    /**
     * The same for a connection that was caught on its way: whatever name it gives leads there or nowhere.
     *
     * @param destination where it was meant to go, as a lab address
     */
    Gateway towards(InetSocketAddress destination) {
        return new Gateway(
                config,
                engine.towards(destination),
                plan,
                sessions,
                journal,
                clock,
                seal,
                sealedFor,
                answers,
                refusals,
                cache,
                meter,
                census,
                interceptor,
                inside);
    }

    /** The same for what is said within a tunnel that was opened. */
    Gateway within(Inside opened) {
        return new Gateway(
                config,
                engine,
                plan,
                sessions,
                journal,
                clock,
                seal,
                sealedFor,
                answers,
                refusals,
                cache,
                meter,
                census,
                interceptor,
                opened);
    }

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
