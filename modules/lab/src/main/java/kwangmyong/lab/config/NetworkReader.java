package kwangmyong.lab.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.isolation.Caught;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;

/** Reads {@code world} and {@code provider}, and what attachments say of what becomes of their packets. */
final class NetworkReader {
    private static final List<InetAddress> WORLD_NAMES =
            List.of(Addresses.parse("203.0.113.2"), Addresses.parse("2001:db8::2"));

    private NetworkReader() {}

    /** @param places whose ranges are no part of the world */
    static NetworkSection read(Section root, PlaceReader places) {
        Section world = root.section("world");
        Map<String, Caught> caught = new LinkedHashMap<>();
        root.section("attachments").named().forEach((name, attachment) -> {
            if (attachment.has("caught")) {
                caught.put(name, caught(attachment.values("caught")));
            }
        });
        Set<InetAddress> provider = provider(root);
        return new NetworkSection(
                ServiceReader.addresses(world, "names", WORLD_NAMES),
                hosting(world, places),
                provider,
                caught,
                resolvers(root, provider));
    }

    /** Addresses that the lab holds for programs, and opens nothing at. */
    static Set<InetAddress> provider(Section root) {
        return new LinkedHashSet<>(ServiceReader.addresses(root.section("provider"), "addresses", List.of()));
    }

    private static List<AddressRange> hosting(Section world, PlaceReader places) {
        List<AddressRange> hosting = new ArrayList<>();
        for (Value value : world.values("hosting")) {
            value.as(AddressRange::parse).ifPresent(range -> {
                if (hosting.stream().anyMatch(other -> Ranges.overlap(other, range))) {
                    value.refuse("overlaps another range of hosting");
                } else if (places.overlaps(range)) {
                    value.refuse("overlaps the range of an attachment");
                } else {
                    hosting.add(range);
                }
            });
        }
        return hosting;
    }

    private static Caught caught(List<Value> values) {
        Set<Integer> ports = new LinkedHashSet<>();
        for (Value value : values) {
            switch (value.text()) {
                case "all" -> {
                    return Caught.ALL;
                }
                case "none" -> {
                    return Caught.NONE;
                }
                default -> {
                    if (value.text().matches("\\d{1,5}") && isPort(Integer.parseInt(value.text()))) {
                        ports.add(Integer.valueOf(value.text()));
                    }
                }
            }
        }
        return ports.isEmpty() ? Caught.ALL : new Caught(false, ports); // a fault has been told
    }

    private static boolean isPort(int number) {
        return number > 0 && number < 1 << Short.SIZE;
    }

    /** Where the terminals of each attachment ask for names that has a resolver of its own, the lab's or a program. */
    private static Map<String, InetAddress> resolvers(Section root, Set<InetAddress> provider) {
        Map<String, InetAddress> resolvers = new LinkedHashMap<>();
        root.section("attachments")
                .named()
                .forEach((name, attachment) -> attachment
                        .section("resolver")
                        .value("address")
                        .flatMap(value -> value.as(Addresses::parse))
                        .ifPresent(address -> {
                            resolvers.put(name, address);
                            if (provider.contains(address)
                                    && attachment.section("resolver").has("zones")) {
                                attachment
                                        .section("resolver")
                                        .fault(
                                                "zones",
                                                "has no effect at an address of 'provider', which a program answers at");
                            }
                        }));
        return resolvers;
    }
}
