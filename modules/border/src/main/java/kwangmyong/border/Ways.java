package kwangmyong.border;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import kwangmyong.border.api.BorderView;
import kwangmyong.border.api.Condition;
import kwangmyong.border.shape.Dice;
import kwangmyong.border.shape.Line;
import org.jspecify.annotations.Nullable;

/** What the link and the attachments do to packets. */
final class Ways {
    private final Way link;
    private final Map<String, Way> attachments = new HashMap<>();

    Ways(BorderConfig config) {
        link = new Way(config.link());
        config.attachments().forEach((name, condition) -> attachments.put(name, new Way(condition)));
    }

    Way link() {
        return link;
    }

    /** Of an attachment; made when first asked for, so that it may be changed while flows go through it. */
    Way of(String attachment) {
        return attachments.computeIfAbsent(attachment, name -> new Way(Condition.CLEAR));
    }

    /** When a packet arrives at the far end; as {@link Line#arrival}. Outward the attachment comes first, inward the link. */
    long arrival(@Nullable Way place, long seed, long count, Side from, long now, int octets) {
        Way first = from == Side.INSIDE ? place : link;
        Way second = from == Side.INSIDE ? link : place;
        long roll = Dice.roll(seed, 2 * count + from.number);
        long between = first == null ? now : first.from(from).arrival(now, octets, roll);
        return between < 0 || second == null ? between : second.from(from).arrival(between, octets, Dice.roll(roll, 2));
    }

    void reset() {
        link.reset();
        attachments.values().forEach(Way::reset);
    }

    Map<String, Condition> conditions() {
        Map<String, Condition> conditions = new TreeMap<>();
        attachments.forEach((name, way) -> conditions.put(name, way.condition()));
        conditions.put(BorderView.LINK, link.condition());
        conditions.values().removeIf(Condition::isClear);
        return conditions;
    }
}
