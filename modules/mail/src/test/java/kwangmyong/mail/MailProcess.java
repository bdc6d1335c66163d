package kwangmyong.mail;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kwangmyong.kernel.service.Service.Listener;
import kwangmyong.testkit.ProcessTree;

/** The mail service in a process of its own, for tests that kill or trace it. Its ports are the first lines of its output. */
final class MailProcess implements AutoCloseable {
    private final Process process;
    private final Map<String, Integer> ports = new TreeMap<>();

    /** @param prefix a program that runs it: {@code strace -f …}; empty for none */
    MailProcess(Path directory, List<String> prefix) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-cp",
                classPath(),
                MailProcess.class.getName(),
                directory.toString()));
        process = new ProcessBuilder(command)
                .redirectError(directory.resolve("stderr").toFile())
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null && !line.equals("ready"); line = out.readLine()) {
            String[] words = line.split(" ", -1);
            if (words.length == 3 && words[0].equals("port")) {
                ports.put(words[1], Integer.parseInt(words[2]));
            }
        }
        if (ports.isEmpty()) {
            throw new IOException("the server did not start: " + Files.readString(directory.resolve("stderr")));
        }
    }

    /** What this test runs on, whichever way it was started. */
    private static String classPath() {
        if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    int port(String protocol) {
        return ports.getOrDefault(protocol, 0);
    }

    /** As {@code kill -9}: nothing is told to it. */
    void kill() {
        ProcessTree.end(process);
    }

    @Override
    public void close() {
        kill();
    }

    /** Serves until it is killed. */
    public static void main(String[] arguments) throws Exception {
        MailBench bench = new MailBench(Path.of(arguments[0]));
        for (Listener listener : bench.listeners()) {
            System.out.println(
                    "port " + listener.protocol() + " " + listener.socket().getPort());
        }
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
