package kwangmyong.sites;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.net.tls.Authority;
import kwangmyong.net.tls.ServerCredential;
import kwangmyong.sites.SitesConfig.SiteConfig;
import kwangmyong.web.server.HostKeys;
import org.jspecify.annotations.Nullable;

/** A certificate for each site: the garden's authority signs for those inside, the world's for those outside. */
final class SiteKeys implements HostKeys {
    private final Authority garden;
    private final Authority world;
    private final HostNames<SiteConfig> sites = new HostNames<>();
    private final Map<String, PrivateKeyEntry> entries = new ConcurrentHashMap<>();
    private @Nullable SiteConfig numeric;

    SiteKeys(SitesConfig config, Authority garden, Authority world) {
        this.garden = garden;
        this.world = world;
        for (SiteConfig site : config.sites()) {
            for (String host : site.hosts()) {
                sites.put(host, site);
                // Who asks for an address names no host in the handshake.
                numeric = Addresses.isNumeric(host) ? site : numeric;
            }
        }
    }

    /** Has every site's certificate at hand, so that no handshake waits for one. */
    void prepare(SitesConfig config) {
        config.sites().forEach(this::entry);
    }

    @Override
    public @Nullable PrivateKeyEntry forHost(String host) {
        SiteConfig site = host.isEmpty() ? numeric : sites.find(host);
        return site == null ? null : entry(site);
    }

    private PrivateKeyEntry entry(SiteConfig site) {
        return entries.computeIfAbsent(site.host(), host -> issue(site));
    }

    private PrivateKeyEntry issue(SiteConfig site) {
        List<String> names = new ArrayList<>();
        List<InetAddress> addresses = new ArrayList<>(site.address());
        for (String host : site.hosts()) {
            if (!Addresses.isNumeric(host)) {
                names.add(host);
            }
        }
        try {
            ServerCredential issued = (site.isWorld() ? world : garden).issue(site.host(), names, addresses);
            return new PrivateKeyEntry(issued.privateKey(), issued.chain().toArray(Certificate[]::new));
        } catch (IOException unkept) {
            throw new UncheckedIOException("the certificate of " + site.host() + " cannot be kept", unkept);
        }
    }
}
