package kwangmyong.bench.bed;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program to be run.
 *
 * @param folder where it begins, as the place sees it
 * @param log what both its streams are added to
 * @param network whether it has rights over its place's network
 */
public record Program(
        Place place, List<String> command, Map<String, String> environment, Path folder, Path log, boolean network) {
    public Program {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
