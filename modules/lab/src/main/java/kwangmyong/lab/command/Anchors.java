package kwangmyong.lab.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import kwangmyong.dns.sign.KeyFolder;
import kwangmyong.dns.sign.SigningPolicy;
import kwangmyong.dns.sign.TrustAnchors;
import kwangmyong.dns.sign.ZoneKey;
import kwangmyong.dns.sign.ZoneSigning;
import kwangmyong.lab.config.DnsSection;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.StateFolder;

/** What validators are told to trust, as files that they read. */
public final class Anchors {
    private Anchors() {}

    /**
     * Writes {@code trust-anchors.conf} for delv and BIND, {@code .key} and {@code .ds} as records; nothing in a lab that signs no zone.
     *
     * @return the files written
     */
    public static List<Path> export(LabDeclaration lab, StateFolder state, Path directory) throws IOException {
        Map<String, SigningPolicy> policies = new HashMap<>();
        for (DnsSection.Zone zone : lab.dns().zones()) {
            if (zone.signing() != null) {
                policies.put(zone.name(), zone.signing());
            }
        }
        List<String> zones =
                lab.dns().zones().stream().map(DnsSection.Zone::name).toList();
        List<ZoneKey> keys = new ZoneSigning(policies, new KeyFolder(state.zoneKeys())).trustAnchors(zones);
        if (keys.isEmpty()) {
            return List.of();
        }
        return List.of(
                Files.writeString(directory.resolve("trust-anchors.conf"), TrustAnchors.bind(keys)),
                Files.writeString(directory.resolve("trust-anchors.key"), lines(keys, TrustAnchors::dnskey)),
                Files.writeString(directory.resolve("trust-anchors.ds"), lines(keys, TrustAnchors::ds)));
    }

    private static String lines(List<ZoneKey> keys, Function<ZoneKey, String> line) {
        return keys.stream().map(key -> line.apply(key) + "\n").collect(Collectors.joining());
    }
}
