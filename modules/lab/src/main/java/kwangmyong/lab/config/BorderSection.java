package kwangmyong.lab.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import kwangmyong.border.FlowLimits;
import kwangmyong.border.api.Condition;

/**
 * The border.
 *
 * @param link the condition of the link to the world
 * @param attachments conditions by attachment, on top
 * @param memory octets for packets that are held up
 */
public record BorderSection(Condition link, Map<String, Condition> attachments, FlowLimits flows, int memory) {
    public BorderSection {
        attachments = Collections.unmodifiableMap(new LinkedHashMap<>(attachments));
    }
}
