package kwangmyong.lab.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import kwangmyong.lab.outcome.UsageException;

/**
 * A lab's folder: one under lab-configs by its name, or any other by its path.
 *
 * @param folder absolute
 */
public record LabFolder(Path folder) {
    public static final String DEFAULT = "kwangmyong";

    /**
     * Finds a lab.
     *
     * @param nameOrPath a name under lab-configs, a folder, or a lab.yaml itself
     * @throws UsageException naming the labs that there are
     */
    public static LabFolder find(String nameOrPath) {
        Path given = Path.of(nameOrPath);
        boolean isPath = nameOrPath.contains("/") || nameOrPath.equals(".");
        if (!isPath && Files.isRegularFile(labs().resolve(nameOrPath).resolve("lab.yaml"))) {
            return new LabFolder(labs().resolve(nameOrPath));
        }
        if (Files.isRegularFile(given) && given.toString().endsWith(".yaml")) {
            Path parent = given.toAbsolutePath().normalize().getParent();
            if (parent != null) {
                return new LabFolder(parent);
            }
        }
        if (Files.isRegularFile(given.resolve("lab.yaml"))) {
            return new LabFolder(given.toAbsolutePath().normalize());
        }
        throw new UsageException("there is no lab '" + nameOrPath + "' (expected: a folder with a lab.yaml, or one of: "
                + String.join(", ", names()) + ")");
    }

    Path file() {
        return folder.resolve("lab.yaml");
    }

    public Path tour() {
        return folder.resolve("tour.yaml");
    }

    /** The folder's own name: what its state is kept under. */
    public String name() {
        return String.valueOf(folder.getFileName());
    }

    private static Path labs() {
        return Path.of(System.getProperty("kwm.home", ".")).resolve("lab-configs");
    }

    /** The labs under lab-configs, sorted. */
    public static List<String> names() {
        try (Stream<Path> folders = Files.list(labs())) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("lab.yaml")))
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .sorted()
                    .toList();
        } catch (java.io.IOException unreadable) {
            return List.of();
        }
    }
}
