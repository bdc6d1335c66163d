package kwangmyong.bench.trial;

import java.util.LinkedHashSet;
import java.util.Set;
import kwangmyong.bench.recipe.ProgramSpec;
import kwangmyong.bench.recipe.Ready;
import kwangmyong.bench.recipe.Tool;

/** What a tool goes for: the target, and where its server half listens. */
final class Wanted {
    private Wanted() {}

    /** As the journal writes names and addresses. */
    static Set<String> of(Tool tool, String target) {
        Set<String> wanted = new LinkedHashSet<>(Set.of(target));
        for (ProgramSpec program : tool.server().programs()) {
            if (program.ready() instanceof Ready.Tcp tcp) {
                wanted.add(withoutPort(tcp.address()));
            } else if (program.ready() instanceof Ready.Udp udp) {
                wanted.add(withoutPort(udp.address()));
            }
        }
        return wanted;
    }

    private static String withoutPort(String endpoint) {
        return endpoint.replaceFirst(":[0-9]+$", "").replaceAll("[\\[\\]]", "");
    }
}
