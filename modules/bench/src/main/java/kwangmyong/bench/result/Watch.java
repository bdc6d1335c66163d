package kwangmyong.bench.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was looked at to see that nothing leaves the lab.
 *
 * @param checks how often
 * @param ways out that could have been, each time; where that differs, the fewest
 * @param counted packets that went where they may or nowhere, in words
 */
public record Watch(int checks, int ways, Map<String, Long> counted) {
    public Watch {
        counted = counted == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(counted));
    }

    /** All of them together; none for a run that looked at nothing. */
    static Watch of(List<Trial> trials) {
        List<Watch> all =
                trials.stream().map(Trial::watch).flatMap(Stream::ofNullable).toList();
        Map<String, Long> counted = new LinkedHashMap<>();
        all.forEach(one -> one.counted().forEach((what, packets) -> counted.merge(what, packets, Long::sum)));
        return new Watch(
                all.stream().mapToInt(Watch::checks).sum(),
                all.stream().mapToInt(Watch::ways).min().orElse(0),
                counted);
    }
}
