package kwangmyong.lab.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import kwangmyong.bench.recipe.Experiment;

/** The Debian packages that an experiment needs, and which of them are there. */
final class BenchPackages {
    /** What probes themselves run. */
    private static final List<String> PROBES = List.of("curl", "bind9-dnsutils", "iproute2", "nftables", "util-linux");

    private static final long WITHIN_SECONDS = 30;

    private BenchPackages() {}

    static Set<String> needed(Experiment experiment) {
        Set<String> needed = new TreeSet<>(PROBES);
        experiment.tools().forEach(tool -> needed.addAll(tool.packages()));
        experiment.regimes().forEach(regime -> needed.addAll(regime.packages()));
        return needed;
    }

    /**
     * The version of each that is installed; empty also where there is no dpkg, so that nothing can be told.
     *
     * @return by name
     */
    static Map<String, String> installed(Set<String> packages) throws InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status} ${Version}\\n"));
        words.addAll(packages);
        Map<String, String> installed = new TreeMap<>();
        for (String line : printed(words).lines().toList()) {
            String[] fields = line.split(" ", -1);
            if (fields.length == 3 && fields[1].equals("installed")) {
                installed.put(fields[0], fields[2]);
            }
        }
        return installed;
    }

    /** Those that are missing; none where there is no dpkg. */
    static Set<String> missing(Set<String> packages) throws InterruptedException {
        Map<String, String> installed = installed(packages);
        if (installed.isEmpty()) {
            return Set.of();
        }
        Set<String> missing = new TreeSet<>(packages);
        missing.removeAll(installed.keySet());
        return missing;
    }

    /** The line that installs them. */
    static List<String> install(Set<String> packages) {
        List<String> words = new ArrayList<>();
        if (!"root".equals(System.getProperty("user.name"))) {
            words.add("sudo");
        }
        words.addAll(List.of("apt-get", "install", "-y", "--no-install-recommends"));
        words.addAll(packages);
        return words;
    }

    /** What a command prints on either stream; empty when it cannot be run or does not end. */
    static String printed(List<String> words) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectInput(new java.io.File("/dev/null"))
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return text;
        } catch (IOException missing) {
            return "";
        }
    }
}
