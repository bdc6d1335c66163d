package kwangmyong.dns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Zones and questions that meet every construct of RFC 1034, 4592 and 6672, made from a seed; small label sets make them collide. */
final class RandomZones {
    private static final String[] LABELS = {"a", "b", "c", "www", "mail", "ns", "*", "x", "deep"};
    private static final int[] TYPES = {
        Type.A,
        Type.A,
        Type.A,
        Type.AAAA,
        Type.MX,
        Type.TXT,
        Type.NS,
        Type.SOA,
        Type.CNAME,
        Type.DNAME,
        Type.SRV,
        Type.DS,
        65280,
        Type.HTTPS,
        Type.PTR,
        Type.SVCB,
        Type.CAA,
        Type.NAPTR,
        1234,
        4321,
        Type.ANY
    };

    private final Random random;
    private final boolean wildcardCuts;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<String> pool = new ArrayList<>();

    RandomZones(long seed) {
        this(seed, true);
    }

    private RandomZones(long seed, boolean wildcardCuts) {
        this.random = new Random(seed);
        this.wildcardCuts = wildcardCuts;
        zone("test", List.of("z.test"));
        zone("z.test", List.of("c.z.test"));
        zone("c.z.test", List.of());
        zone("other", List.of());
    }

    /** Without NS records at wildcards, which signing tools refuse. */
    static RandomZones signable(long seed) {
        return new RandomZones(seed, false);
    }

    /** Text of the zones by origin, every name absolute. */
    Map<String, String> files() {
        return files;
    }

    private void zone(String origin, List<String> children) {
        Map<String, String> owners = new LinkedHashMap<>(); // what stands there: data, alias, cut, rename
        StringBuilder text = new StringBuilder();
        line(
                text,
                origin,
                "SOA ns." + origin + ". admin." + origin + ". 1 7200 1800 1209600 " + (100 + random.nextInt(900)));
        line(text, origin, "NS ns." + origin + ".");
        line(text, origin, "NS " + target(origin) + ".");
        line(text, "ns." + origin, "A 192.0.2.1");
        owners.put(origin, "data");
        owners.put("ns." + origin, "data");
        for (String child : children) {
            owners.put(child, "cut");
            line(text, child, "NS ns." + child + ".");
            line(text, "ns." + child, "A 192.0.2.2");
        }
        int count = 8 + random.nextInt(25);
        for (int i = 0; i < count; i++) {
            String owner = name(origin, 1 + random.nextInt(4));
            // names below a child that is served here too stay with the child
            if (children.stream().anyMatch(child -> owner.equals(child) || owner.endsWith("." + child))) {
                continue;
            }
            add(text, owners, owner, origin);
        }
        files.put(origin, text.toString());
        pool.addAll(owners.keySet());
    }

    private void add(StringBuilder text, Map<String, String> owners, String owner, String origin) {
        int dice = random.nextInt(100);
        String known = owners.get(owner);
        if (known != null && !known.equals("data")) {
            return;
        }
        boolean star = owner.contains("*");
        boolean underRename = owners.entrySet().stream()
                .anyMatch(entry -> entry.getValue().equals("rename") && owner.endsWith("." + entry.getKey()));
        if (underRename) {
            return;
        }
        if (dice < 18 && known == null) {
            owners.put(owner, "alias");
            line(text, owner, "CNAME " + target(origin) + ".");
        } else if (dice < 21 && known == null && star && wildcardCuts) {
            owners.put(owner, "cut");
            line(text, owner, "NS " + target(origin) + ".");
        } else if (dice < 26 && known == null && !star && !"alias".equals(owners.get("ns." + owner))) {
            owners.put(owner, "cut");
            owners.putIfAbsent("ns." + owner, "data"); // glue beside an alias is an error in every server
            line(text, owner, "NS ns." + owner + ".");
            line(text, owner, "NS " + target(origin) + ".");
            line(text, "ns." + owner, "A 192.0.2.3");
            line(text, "ns." + owner, "AAAA 2001:db8::3");
            if (random.nextBoolean()) {
                line(text, owner, "DS 60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118");
            }
            if (random.nextBoolean()) {
                line(text, "hidden." + owner, "A 192.0.2.4");
                pool.add("hidden." + owner);
            }
        } else if (dice < 31
                && known == null
                && !star
                && owners.keySet().stream().noneMatch(o -> o.endsWith("." + owner))) {
            owners.put(owner, "rename");
            line(text, owner, "DNAME " + target(origin) + ".");
        } else {
            owners.put(owner, "data");
            data(text, owner, origin);
        }
    }

    private void data(StringBuilder text, String owner, String origin) {
        switch (random.nextInt(13)) {
            case 0 -> line(text, owner, "AAAA 2001:db8::" + (1 + random.nextInt(99)));
            case 1 -> line(text, owner, "MX 10 " + target(origin) + ".");
            case 2 -> line(text, owner, "TXT \"" + "t".repeat(1 + random.nextInt(60)) + "\"");
            case 3 -> line(text, owner, "SRV 0 0 80 " + target(origin) + ".");
            case 4 -> line(text, owner, "TYPE65280 \\# 4 0A4C0001");
            case 5 -> {
                for (int i = random.nextInt(14); i >= 0; i--) {
                    line(text, owner, "TXT \"" + i + "u".repeat(150) + "\"");
                }
            }
            case 6 ->
                line(text, owner, "HTTPS 1 . alpn=h2,h3 port=8443 ipv4hint=192.0.2.7 ech=AEn+DQBFKwAgACABWIHUGj4u");
            case 7 -> line(text, owner, "SVCB " + random.nextInt(3) + " " + target(origin) + ".");
            case 8 -> line(text, owner, "HTTPS " + random.nextInt(2) + " " + target(origin) + ".");
            case 9 -> line(text, owner, "CAA 0 issue \"ca.example\"");
            case 10 -> line(text, owner, "TYPE1234 \\# " + (random.nextBoolean() ? "0" : "3 ABCDEF"));
            case 11 -> line(text, owner, "NAPTR 10 20 \"u\" \"sip+E2U\" \"!^.*$!sip:a@b!\" .");
            default -> line(text, owner, "A 192.0.2." + (10 + random.nextInt(200)));
        }
    }

    private void line(StringBuilder text, String owner, String data) {
        text.append(mixed(owner)).append(". ").append("300 IN ").append(data).append('\n');
    }

    /** A zone is written as people write it: a name's case does not count (RFC 4343). */
    private String mixed(String name) {
        if (random.nextInt(5) != 0) {
            return name;
        }
        StringBuilder mixed = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            if (random.nextBoolean()) {
                mixed.setCharAt(i, Character.toUpperCase(name.charAt(i)));
            }
        }
        return mixed.toString();
    }

    private String target(String origin) {
        if (random.nextInt(6) == 0) {
            return "outside.example";
        }
        if (!pool.isEmpty() && random.nextInt(5) == 0) {
            return pool.get(random.nextInt(pool.size()));
        }
        return name(origin, 1 + random.nextInt(3));
    }

    private String name(String origin, int labels) {
        StringBuilder name = new StringBuilder(origin);
        for (int i = 0; i < labels; i++) {
            name.insert(0, LABELS[random.nextInt(LABELS.length)] + ".");
        }
        return name.toString();
    }

    /** A name to ask for: one that exists, one near it, or one from nowhere. */
    Name question() {
        String name = pool.get(random.nextInt(pool.size()));
        int dice = random.nextInt(10);
        if (dice < 4) {
            name = LABELS[random.nextInt(LABELS.length)] + "." + name;
        } else if (dice < 5) {
            name = "q.a." + name;
        } else if (dice < 6 && name.indexOf('.') > 0) {
            name = name.substring(name.indexOf('.') + 1);
        }
        if (random.nextInt(4) == 0) {
            name = name.toUpperCase(Locale.ROOT);
        }
        try {
            return Name.fromString(name, Name.root);
        } catch (TextParseException impossible) {
            throw new AssertionError(impossible);
        }
    }

    int type() {
        return TYPES[random.nextInt(TYPES.length)];
    }
}
