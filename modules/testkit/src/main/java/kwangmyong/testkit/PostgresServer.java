package kwangmyong.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Debian's PostgreSQL on a free port of 127.0.0.1, with a data folder of its own, run by an ordinary user: it refuses root. */
public final class PostgresServer implements AutoCloseable {
    public static final String USER = "lab";
    public static final String PASSWORD = "lab's own: \"secret\"";

    private static final String PLAIN_USER = "daemon";
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final long WITHIN_SECONDS = 60;

    private final Path folder;
    private final Path programs;
    private final int port;
    private @Nullable Process server;

    private PostgresServer(Path folder, Path programs, int port) {
        this.folder = folder;
        this.programs = programs;
        this.port = port;
    }

    /** Makes a server and starts it. */
    public static PostgresServer start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Path.of("/tmp"), "kwm-pg");
        var made = new PostgresServer(folder, newest(), freePort());
        if (isRoot()) {
            Files.setOwner(
                    folder,
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(PLAIN_USER));
        }
        Path password = folder.resolve("password");
        Files.writeString(password, PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        made.run(
                "initdb",
                "-D",
                made.data(),
                "-U",
                USER,
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8",
                "--locale=C");
        made.up();
        return made;
    }

    /** The database that every server has. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Starts it again, on the same port with the same data. */
    public void up() throws IOException, InterruptedException {
        server = program(
                        "postgres",
                        "-D",
                        data(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=" + folder)
                .start();
        long begun = System.nanoTime();
        while (!answers()) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(WITHIN_SECONDS) || !server.isAlive()) {
                throw new IOException("PostgreSQL did not start:\n" + Files.readString(log()));
            }
        }
    }

    /** Stops it as an administrator would who does not wait for its clients. */
    public void down() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data(), "-m", "fast", "-w", "stop");
    }

    /** Stops it as a power cut would. */
    public void crash() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    }

    private boolean answers() throws InterruptedException, IOException {
        return program("pg_isready", "-h", "127.0.0.1", "-p", Integer.toString(port), "-q")
                        .start()
                        .waitFor()
                == 0;
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = program(command).start();
        if (!process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed:\n" + Files.readString(log()));
        }
    }

    private ProcessBuilder program(String... command) {
        List<String> whole = new ArrayList<>();
        if (isRoot()) {
            whole.addAll(List.of("setpriv", "--reuid=" + PLAIN_USER, "--regid=" + PLAIN_USER, "--clear-groups"));
        }
        whole.add(programs.resolve(command[0]).toString());
        whole.addAll(List.of(command).subList(1, command.length));
        return new ProcessBuilder(whole)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private Path log() {
        return folder.resolve("log");
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Path newest() throws IOException {
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.filter(version -> version.getFileName().toString().matches("\\d+"))
                    .max(Comparator.comparingInt(
                            version -> Integer.parseInt(version.getFileName().toString())))
                    .orElseThrow()
                    .resolve("bin");
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        Process running = server;
        try {
            if (running != null && running.isAlive()) {
                crash();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> left = Files.walk(folder)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}
