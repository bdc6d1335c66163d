package kwangmyong.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kwangmyong.dns.sign.KeyFolder;
import kwangmyong.dns.sign.SigningPolicy;
import kwangmyong.dns.sign.TrustAnchors;
import kwangmyong.dns.sign.ZoneKey;
import kwangmyong.dns.sign.ZoneSigning;
import org.jspecify.annotations.Nullable;

/** The zones under src/test/resources/signed: top.kp and child.top.kp are signed, island.top.kp is not. */
final class SignedZones {
    static final String TOP = "top.kp";
    private static final String CHILD = "child.top.kp";
    private static final String ISLAND = "island.top.kp";

    private SignedZones() {}

    static DnsConfig config(Path keys, @Nullable SigningPolicy policy) {
        return new DnsConfig(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), List.of())
                .signing(List.of(source(TOP, policy), source(CHILD, policy), source(ISLAND, null)), keys);
    }

    private static DnsConfig.ZoneSource source(String origin, @Nullable SigningPolicy policy) {
        return new DnsConfig.ZoneSource(origin, file(origin), false, policy);
    }

    static Path file(String origin) {
        try {
            return Path.of(Objects.requireNonNull(SignedZones.class.getResource("/signed/" + origin + ".zone"))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The files with which a validator believes them: for delv {@code anchors.conf}, for drill {@code anchors.key} and {@code anchors.ds}. */
    static Path anchors(Path keys, SigningPolicy policy, Path folder) throws IOException {
        List<ZoneKey> anchors = new ZoneSigning(Map.of(TOP, policy, CHILD, policy), new KeyFolder(keys))
                .trustAnchors(List.of(TOP, CHILD, ISLAND));
        Files.writeString(folder.resolve("anchors.conf"), TrustAnchors.bind(anchors));
        Files.writeString(folder.resolve("anchors.key"), TrustAnchors.dnskey(anchors.get(0)) + "\n");
        Files.writeString(folder.resolve("anchors.ds"), TrustAnchors.ds(anchors.get(0)) + "\n");
        return folder;
    }
}
