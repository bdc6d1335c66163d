package kwangmyong.border;

import kwangmyong.border.api.Condition;
import kwangmyong.border.shape.Line;

/** A condition in force, of the link or of an attachment: a line each way. */
final class Way {
    private final Line outward = new Line();
    private final Line inward = new Line();
    private Condition condition = Condition.CLEAR;

    Way(Condition condition) {
        set(condition);
    }

    Condition condition() {
        return condition;
    }

    void set(Condition next) {
        condition = next;
        outward.set(next);
        inward.set(next);
    }

    void reset() {
        outward.reset();
        inward.reset();
    }

    Line from(Side side) {
        return side == Side.INSIDE ? outward : inward;
    }
}
