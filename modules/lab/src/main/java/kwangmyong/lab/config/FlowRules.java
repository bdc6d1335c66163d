package kwangmyong.lab.config;

import java.util.List;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Ports;

/** What rules say of flows. A flow has an address and no name, so a rule of flows alone speaks of addresses, ranges or everything. */
final class FlowRules {
    private FlowRules() {}

    static List<Ports> ports(Section section) {
        return section.values("ports").stream()
                .flatMap(value -> value.as(Ports::parse).stream())
                .toList();
    }

    /** @param key under which the rule has its names */
    static void check(Section section, String key) {
        List<String> actions =
                section.values("actions").stream().map(Value::text).toList();
        String flow = Action.FLOW.word();
        if (section.has("ports") && !actions.equals(List.of(flow))) {
            section.fault("ports", "are those of flows: the rule needs 'actions: flow' and no other");
        }
        if (!actions.equals(List.of(flow))) {
            return;
        }
        if (section.has("zone")) {
            section.fault(
                    "zone", "has no effect on flows, which have no names; every flow at the border is with the world");
        }
        for (Value value : section.values(key)) {
            String text = value.text().strip();
            int slash = text.indexOf('/');
            if (!text.equals("*") && !Addresses.isNumeric(slash < 0 ? text : text.substring(0, slash))) {
                value.refuse("is a name, and flows have addresses (expected: 198.51.100.7, 198.51.100.0/24 or '*')");
            }
        }
    }
}
