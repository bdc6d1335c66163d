package kwangmyong.lab.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.bench.recipe.Regime;
import kwangmyong.bench.recipe.Tool;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.lab.config.DnsSection;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.process.OwnProgram;
import org.jspecify.annotations.Nullable;

/** What an experiment was run with: versions and hashes, for whoever wants the same again. */
final class BenchLock {
    private static final List<String> APART = List.of("unshare", "--user", "--map-root-user", "--net", "--");

    /** The environment variable in which {@code scripts/kwm} names the image that a container was made of. */
    private static final String IMAGE = "KWM_IMAGE";

    private BenchLock() {}

    /** The image that this process runs in, by name and hash; null where it is in none. */
    static @Nullable String image() {
        return System.getenv(IMAGE);
    }

    static Map<String, Object> of(Path file, Experiment experiment) throws IOException, InterruptedException {
        Map<String, Object> lock = new LinkedHashMap<>();
        lock.put("kwm", OwnProgram.VERSION);
        lock.put("java", System.getProperty("java.vm.name", "") + " " + Runtime.version());
        lock.put(
                "kernel",
                Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
        String image = image();
        if (image != null) {
            lock.put("image", image);
        }
        lock.put(ResultsFolder.LOCK_EXPERIMENT, Map.of("sha256", hash(List.of(file))));
        Experiment.Settings settings = experiment.settings();
        lock.put(
                "settings",
                new TreeMap<>(Map.of(
                        "fetch_within", settings.fetchWithin().toString(),
                        "latency_fetches", settings.latencyFetches(),
                        "throughput_bytes", settings.throughputOctets(),
                        "stability_for", settings.stabilityFor().toString(),
                        "stability_every", settings.stabilityEvery().toString())));
        Map<String, Object> tools = new LinkedHashMap<>();
        for (Tool tool : experiment.tools()) {
            tools.put(tool.name(), tool(file, tool));
        }
        lock.put("tools", tools);
        Map<String, Object> regimes = new LinkedHashMap<>();
        for (Regime regime : experiment.regimes()) {
            regimes.put(regime.name(), regime(regime));
        }
        lock.put("regimes", regimes);
        lock.put("packages", BenchPackages.installed(BenchPackages.needed(experiment)));
        return lock;
    }

    private static Map<String, Object> tool(Path experiment, Tool tool) throws IOException, InterruptedException {
        Map<String, Object> about = new LinkedHashMap<>();
        Path recipe = experiment
                .toAbsolutePath()
                .resolveSibling("../tools/" + tool.name() + ".yaml")
                .normalize();
        if (Files.exists(recipe)) {
            about.put("sha256", hash(List.of(recipe)));
        }
        Map<String, String> versions = new TreeMap<>();
        for (Map.Entry<String, String> version : tool.versions().entrySet()) {
            versions.put(version.getKey(), version(version.getValue()));
        }
        about.put("versions", versions);
        return about;
    }

    /** What a recipe's script prints first, in a network that has no link, as everything of a recipe runs in one without a way out. */
    static String version(String script) throws InterruptedException {
        List<String> words = new ArrayList<>(APART);
        words.addAll(List.of("timeout", "10", "bash", "-c", "PATH=$PATH:/usr/sbin:/sbin; " + script));
        return BenchPackages.printed(words)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("unshare:")) // which may not be let
                .findFirst()
                .orElse("unknown");
    }

    /** The lab as it was read, with its rules by the hash that its journal has as well. */
    private static Map<String, Object> regime(Regime regime) throws IOException {
        LabFolder folder = new LabFolder(regime.lab());
        LabDeclaration declaration = Declared.orExplain(folder);
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("lab_sha256", hash(declaration.files()));
        about.put(
                "zones_sha256",
                hash(declaration.dns().zones().stream()
                        .map(DnsSection.Zone::file)
                        .toList()));
        about.put(
                "rules",
                kwangmyong.access.policy.PolicySnapshot.of(declaration.policy()).hash());
        about.put("seed", declaration.seed());
        return about;
    }

    /** Of files one after another, each with its length before it. */
    static String hash(List<Path> files) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                byte[] octets = Files.readAllBytes(file);
                digest.update((octets.length + "\n").getBytes(StandardCharsets.US_ASCII));
                digest.update(octets);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every Java has it
        }
    }
}
