package kwangmyong.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.ResultsFolder;

/** A report in the folder that it is about. */
public final class ReportFile {
    private ReportFile() {}

    /**
     * Writes report.html, whole or not at all.
     *
     * @return the file
     */
    public static Path write(Results results) throws IOException {
        Path file = results.folder().resolve(ResultsFolder.REPORT);
        Path draft = Files.createTempFile(results.folder(), ".report", ".html");
        try {
            Files.write(draft, ReportPage.html(results).getBytes(StandardCharsets.UTF_8));
            Files.setPosixFilePermissions(draft, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
            return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
