package kwangmyong.lab.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import kwangmyong.dns.DnsConfig;
import kwangmyong.dns.TransferConfig;
import kwangmyong.dns.sign.SigningPolicy;
import kwangmyong.dns.tsig.TsigAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * The name server.
 *
 * @param resolvers further addresses, each for one attachment
 * @param nsid what it calls itself to those who ask; empty for nothing
 */
public record DnsSection(
        List<InetAddress> listen,
        int port,
        List<Zone> zones,
        DnsConfig.Encrypted encrypted,
        DnsConfig.Cookies cookies,
        String nsid,
        DnsConfig.RateLimit rateLimit,
        List<DnsConfig.Resolver> resolvers,
        List<TransferKey> transferKeys,
        List<TransferConfig.Told> told,
        List<TransferConfig.Secondary> secondaries) {
    public DnsSection {
        transferKeys = List.copyOf(transferKeys);
        told = List.copyOf(told);
        secondaries = List.copyOf(secondaries);
        listen = List.copyOf(listen);
        zones = List.copyOf(zones);
        resolvers = List.copyOf(resolvers);
    }

    /** Every address that it may be asked at. */
    public Set<InetAddress> addresses() {
        Set<InetAddress> all = new LinkedHashSet<>(listen);
        encrypted.tls().listen().forEach(address -> all.add(address.getAddress()));
        resolvers.forEach(resolver -> all.add(resolver.listen().getAddress()));
        encrypted.https().listen().forEach(address -> all.add(address.getAddress()));
        return all;
    }

    /**
     * A key that signs messages between servers.
     *
     * @param file that holds its secret; null for one that the lab makes and keeps in its state
     * @param subject whom a message signed by it counts as; null for nobody in particular
     */
    public record TransferKey(
            String name,
            TsigAlgorithm algorithm,
            @Nullable Path file,
            @Nullable String subject) {}

    /**
     * A zone and its master file.
     *
     * @param name lower case, no final dot
     * @param world whether it lies outside
     * @param signing null for a zone that is not signed
     */
    public record Zone(
            String name, Path file, boolean world, @Nullable SigningPolicy signing) {}
}
