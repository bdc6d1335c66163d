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

    /**
     * When a packet from inside has come from its attachment to the link; as {@link Line#arrival}. Only then does it take its turn there: the link
     * is everybody's, and those that are near do not wait for those that are far.
     */
    long atLink(@Nullable Way place, long now, int octets, long roll) {
        return place == null ? now : place.from(Side.INSIDE).arrival(now, octets, roll);
    }

    /** When a packet that comes to the link from inside arrives in the world. */
    long outward(long now, int octets, long roll) {
        return link.from(Side.INSIDE).arrival(now, octets, Dice.roll(roll, 2));
    }

    /** When a packet from the world arrives at the far end: the link hands them on in order, so that both may be reckoned at once. */
    long inward(@Nullable Way place, long now, int octets, long roll) {
        long between = link.from(Side.OUTSIDE).arrival(now, octets, roll);
        return between < 0 || place == null
                ? between
                : place.from(Side.OUTSIDE).arrival(between, octets, Dice.roll(roll, 2));
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
