package kwangmyong.lab.bench.document;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kwangmyong.bench.recipe.Tool;
import kwangmyong.bench.recipe.WayIn;
import kwangmyong.lab.config.Section;
import kwangmyong.lab.config.Value;

/** Reads a tool's recipe. */
final class ToolReader {
    private ToolReader() {}

    static Tool read(Path file, Section root) {
        Map<String, String> versions = new LinkedHashMap<>();
        Section commands = root.section("versions");
        commands.keys().forEach(name -> versions.put(name, commands.text(name, "")));
        Section files = root.section("files");
        return new Tool(
                Documents.name(file),
                root.text("title", ""),
                root.text("about", "").strip(),
                texts(root, "packages"),
                needs(root),
                versions,
                root.value("target").map(Value::text).orElse(null),
                steps(root),
                HalfReader.read(files.section("server"), root.sections("server")),
                HalfReader.read(files.section("client"), root.sections("client")),
                wayIn(root.section("probe")),
                texts(root, "fold"));
    }

    private static List<Tool.Step> steps(Section root) {
        return root.sections("prepare").stream()
                .map(step -> new Tool.Step(
                        step.text("at", "").equals("terminal") ? Tool.Side.TERMINAL : Tool.Side.WORLD,
                        step.text("run", "")))
                .toList();
    }

    private static List<String> texts(Section section, String key) {
        return section.values(key).stream().map(Value::text).toList();
    }

    private static Set<Tool.Need> needs(Section root) {
        return root.values("needs").stream()
                .flatMap(value -> Arrays.stream(Tool.Need.values())
                        .filter(need -> need.name().toLowerCase(Locale.ROOT).equals(value.text())))
                .collect(Collectors.toSet());
    }

    private static WayIn wayIn(Section probe) {
        List<String> ways = new ArrayList<>(probe.keys());
        if (ways.contains("tun")) {
            ways.remove("resolver"); // which goes with it
        }
        if (ways.size() > 1) {
            probe.fault("several ways in (expected: one, of " + String.join(", ", ways) + ")");
        }
        return ways.stream()
                .findFirst()
                .flatMap(way -> probe.value(way).flatMap(value -> wayIn(way, value, probe)))
                .orElseGet(WayIn.AsItIs::new);
    }

    private static Optional<WayIn> wayIn(String way, Value value, Section probe) {
        return switch (way) {
            case "socks" -> HalfReader.endpoint(value).map(WayIn.Socks::new);
            case "http" -> HalfReader.endpoint(value).map(WayIn.HttpProxy::new);
            case "resolver" -> HalfReader.endpoint(value).map(WayIn.Resolver::new);
            case "forward" -> HalfReader.endpoint(value).map(WayIn.Forward::new);
            case "tun" ->
                Optional.of(new WayIn.Tun(
                        value.text(), probe.value("resolver").map(Value::text).orElse(null)));
            case "fetch" -> Optional.of(new WayIn.Fetch(value.text()));
            default -> Optional.empty(); // the schema has said so
        };
    }
}
