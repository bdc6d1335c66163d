package kwangmyong.portal.room;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import kwangmyong.access.api.AttachmentView;
import kwangmyong.access.api.SessionView;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Tariff;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who sits at a terminal that one logs in at.
 *
 * @param place null where the terminal belongs to none by now
 * @param minutes whole ones so far
 */
record Guest(SessionView session, @Nullable AttachmentView place, long minutes) {
    private static final String BY_LOG_IN = "portal";

    /** Everybody in the room, by terminal; who has a seat of their own is not in it. */
    static List<Guest> all(RoomPorts ports) {
        Map<String, AttachmentView> places = ports.places().get().stream()
                .collect(Collectors.toMap(AttachmentView::name, Function.identity(), (first, second) -> first));
        Instant now = ports.clock().now();
        return ports.presence().sessions().stream()
                .filter(session -> session.origin().equals(BY_LOG_IN))
                .map(session -> new Guest(
                        session,
                        session.attachment() == null ? null : places.get(session.attachment()),
                        Math.max(0, Duration.between(session.since(), now).toMinutes())))
                .sorted(Comparator.comparing(Guest::order))
                .toList();
    }

    /** Terminals in the order of their numbers: 10.76.10.9 before 10.76.10.11. */
    private String order() {
        StringBuilder order = new StringBuilder();
        for (byte octet : Addresses.parse(session.terminal()).getAddress()) {
            order.append((char) (octet & 0xff));
        }
        return order.insert(0, (char) order.length()).toString();
    }

    /** So far; null where it costs nothing. */
    @Nullable
    BigDecimal usd() {
        return place == null || place.usdPerHour() == null ? null : new Tariff(place.usdPerHour()).price(minutes);
    }
}
