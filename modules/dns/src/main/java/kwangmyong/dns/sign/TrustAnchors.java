package kwangmyong.dns.sign;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import kwangmyong.dns.zone.DomainName;

/** What a validator must be told to believe a zone, as its configuration has it. */
public final class TrustAnchors {
    private TrustAnchors() {}

    /** One DNSKEY record, as a master file has it: for drill, unbound's {@code trust-anchor-file} and kdig. */
    public static String dnskey(ZoneKey key) {
        return owner(key) + " IN DNSKEY 257 3 " + key.algorithm().number() + " " + base64(key);
    }

    /** One DS record, likewise. */
    public static String ds(ZoneKey key) {
        byte[] data = ZoneKey.ds(key.zone(), key.dnskey());
        return owner(key) + " IN DS " + key.tag() + " " + key.algorithm().number() + " 2 "
                + HexFormat.of().withUpperCase().formatHex(data, 4, data.length);
    }

    /** A statement {@code trust-anchors}, for delv and BIND. */
    public static String bind(List<ZoneKey> keys) {
        return keys.stream()
                .map(key -> "    \"" + owner(key) + "\" static-key 257 3 "
                        + key.algorithm().number() + " \"" + base64(key) + "\";\n")
                .collect(Collectors.joining("", "trust-anchors {\n", "};\n"));
    }

    private static String owner(ZoneKey key) {
        String text = DomainName.text(key.zone(), 0);
        return text.equals(".") ? text : text + ".";
    }

    private static String base64(ZoneKey key) {
        byte[] dnskey = key.dnskey();
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(dnskey, 4, dnskey.length));
    }
}
