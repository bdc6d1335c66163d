package kwangmyong.lab.config;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds this project's own files from wherever tests are run. */
final class Repository {
    private Repository() {}

    static Path file(String path) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("lab-configs"))) {
                return folder.resolve(path);
            }
        }
        throw new AssertionError("not within the project: " + Path.of("").toAbsolutePath());
    }
}
