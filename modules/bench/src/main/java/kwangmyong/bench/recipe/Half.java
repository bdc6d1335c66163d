package kwangmyong.bench.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is put up in one place.
 *
 * @param files texts by name, written into a folder of its own before anything runs
 * @param programs that run until the end, each started when the one before is ready
 */
public record Half(Map<String, String> files, List<ProgramSpec> programs) {
    public Half {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        programs = List.copyOf(programs);
    }
}
