package kwangmyong.dns;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.net.Transport;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;

/**
 * The name server alone, which allows everything and records nothing: what {@code scripts/benchmark dns} measures decisions and the journal
 * against. Arguments: address, port, and pairs of a zone's name and file.
 */
final class BareServer {
    private BareServer() {}

    public static void main(String[] arguments) throws Exception {
        List<DnsConfig.ZoneSource> zones = new ArrayList<>();
        for (int i = 2; i < arguments.length; i += 2) {
            zones.add(new DnsConfig.ZoneSource(arguments[i], Path.of(arguments[i + 1]), false));
        }
        InetSocketAddress listen = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        new DnsService(
                        new DnsConfig(List.of(listen), zones),
                        Transport.best(1),
                        AddressPlan.real(),
                        ScriptedPolicy.allowingAll().steady(),
                        new ScriptedSessions(),
                        new Forgetful(),
                        Instant::now)
                .start();
        Thread.currentThread().join();
    }

    /** Records nothing. */
    private static final class Forgetful implements Journal {
        @Override
        public void record(Event event) {}

        @Override
        public CompletionStage<Void> force(Event event) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
