package kwangmyong.lab.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.bench.run.Crew;

/** Labs as processes of their own, each in namespaces of its own and with a state of its own. */
final class BenchCrew implements Crew, AutoCloseable {
    private static final long STOP_WITHIN_SECONDS = 10;

    private final Path file;
    private final Path into;
    private final Path work;
    private final AtomicInteger hired = new AtomicInteger();

    /** @param into the folder of results */
    BenchCrew(Path file, Path into) throws IOException {
        this.file = file.toAbsolutePath();
        this.into = into.toAbsolutePath();
        this.work = this.into.resolve(".work");
        delete(work); // of a run that was killed
        Files.createDirectories(work);
    }

    @Override
    public Hand hire(String regime) throws IOException {
        Path state = work.resolve(Integer.toString(hired.incrementAndGet()));
        Path said = work.resolve(state.getFileName() + ".err");
        String kwm =
                Path.of(System.getProperty("kwm.home", "."), "scripts", "kwm").toString();
        var builder = new ProcessBuilder(List.of(kwm, "bench", "work", file.toString(), regime, into.toString()));
        builder.environment().put("KWM_STATE", state.toString());
        builder.redirectError(said.toFile());
        return new Lent(builder.start(), said).ready();
    }

    @Override
    public void close() throws IOException {
        delete(work);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes about) throws IOException {
                Files.deleteIfExists(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, java.io.IOException failed) throws IOException {
                Files.deleteIfExists(path);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** One of them. */
    private static final class Lent implements Hand {
        private final Process process;
        private final Path said;
        private final BufferedReader answers;
        private final PrintStream asks;

        Lent(Process process, Path said) {
            this.process = process;
            this.said = said;
            this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            this.asks = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        }

        Lent ready() throws IOException {
            String answer = answers.readLine();
            if (!BenchWorkCommand.READY.equals(answer)) {
                close();
                throw new IOException("the lab did not come up: " + lastWords());
            }
            return this;
        }

        @Override
        public void run(TrialId id) throws IOException {
            asks.println(id.path());
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("the lab ended: " + lastWords());
            } else if (!answer.equals(BenchWorkCommand.DONE)) {
                throw new IOException(answer.replaceFirst("^" + BenchWorkCommand.FAILED, ""));
            }
        }

        private String lastWords() throws IOException {
            List<String> lines = Files.readAllLines(said).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.isEmpty()
                    ? "it said nothing"
                    : String.join("; ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        }

        @Override
        public void close() {
            asks.println(); // the end
            asks.close();
            try {
                if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException hurried) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
