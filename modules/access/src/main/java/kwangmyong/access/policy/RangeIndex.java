package kwangmyong.access.policy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import org.jspecify.annotations.Nullable;

/** The rules whose names are ranges of addresses. */
final class RangeIndex {
    private final RangeMap<Covering> ranges = new RangeMap<>();

    void add(AddressRange range, CompiledRule rule) {
        ranges.update(range, before -> (before == null ? new Covering() : before).with(rule));
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Told once, after the last rule. */
    void finish() {
        ranges.values(Covering::finish);
    }

    /** Shows {@code question} the rules whose ranges hold the address that a name is, at least until one has decided. */
    void ask(String name, Question question) {
        if (ranges.isEmpty()) {
            return;
        }
        InetAddress address = address(name, question.flow());
        if (address != null) {
            ranges.each(address, covering -> {
                question.consider(covering.rules, covering.crowd);
                return question.isDecided();
            });
        }
    }

    private static @Nullable InetAddress address(String name, Resource.@Nullable Flow flow) {
        if (flow != null) {
            return flow.address();
        }
        try {
            return Addresses.isNumeric(name) ? Addresses.parse(name) : null;
        } catch (IllegalArgumentException looksLikeOneOnly) {
            return null;
        }
    }

    /** The rules of one range. */
    private static final class Covering {
        private final List<CompiledRule> growing = new ArrayList<>(1);
        private @Nullable Crowd crowd;
        private CompiledRule[] rules = {};

        Covering with(CompiledRule rule) {
            growing.add(rule);
            return this;
        }

        void finish() {
            crowd = Crowd.among(growing);
            rules = Node.oneByOne(growing, crowd);
        }
    }
}
