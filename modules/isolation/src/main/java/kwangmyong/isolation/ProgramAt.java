package kwangmyong.isolation;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program to be run at a place.
 *
 * @param command the program and its arguments; looked up there by its {@code PATH}
 * @param environment added to the lab's own, from which proxies and sockets of the machine are taken away
 * @param folder where it begins: one below {@link IsolationService#scratch}, or one of the machine's that the place sees; the root where it does not
 * @param output the file that its standard output and error are added to, anywhere that the lab may write; its input is empty
 */
public record ProgramAt(
        Place place,
        List<String> command,
        Map<String, String> environment,
        Path folder,
        Path output,
        WayIn.Rights rights) {
    public ProgramAt {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a program without a command");
        }
        for (String name : environment.keySet()) {
            if (name.isEmpty() || name.indexOf('=') >= 0) {
                throw new IllegalArgumentException("environment: '" + name + "' is no name of a variable");
            }
        }
    }
}
