package kwangmyong.bench.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A circumvention program, as its recipe says: how it is put up in the world and at a terminal, and how a probe goes through it.
 *
 * @param packages Debian's, of both halves
 * @param versions scripts whose first printed line is a version, by what it is the version of
 * @param target what probes go for, where a tool reaches nothing else; null for the experiment's
 * @param prepare run one after another before the server half starts
 * @param server its half in the world
 * @param client its half at the terminal
 * @param fold resources that count as one when journals of trials are compared, since which of them is asked for is a lot that the tool draws: those below a
 *     name, {@code .t.example.net}, or those like {@code 198.51.100.10*:9001/tcp}, where the star stands for anything but a slash or a space
 */
public record Tool(
        String name,
        String title,
        String about,
        List<String> packages,
        Set<Need> needs,
        Map<String, String> versions,
        @Nullable String target,
        List<Step> prepare,
        Half server,
        Half client,
        WayIn wayIn,
        List<String> fold) {
    /** What a plain user's namespaces do not have everywhere. */
    public enum Need {
        /** A TUN device. */
        TUN,
        /** Several user ids. */
        UIDS
    }

    /** On which side something runs. */
    public enum Side {
        WORLD,
        TERMINAL
    }

    /**
     * A script that is run to its end, which must be 0.
     *
     * @param run for {@code bash -e}
     */
    public record Step(Side at, String run) {}

    public Tool {
        packages = List.copyOf(packages);
        needs = Set.copyOf(needs);
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        prepare = List.copyOf(prepare);
        fold = List.copyOf(fold);
    }
}
