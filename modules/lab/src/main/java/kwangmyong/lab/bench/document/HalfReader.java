package kwangmyong.lab.bench.document;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import kwangmyong.bench.recipe.Half;
import kwangmyong.bench.recipe.ProgramSpec;
import kwangmyong.bench.recipe.Ready;
import kwangmyong.lab.config.Section;
import kwangmyong.lab.config.Value;

/** Files, preparation and programs, which tools and regimes write alike. */
final class HalfReader {
    private static final Map<String, Function<Value, Optional<Ready>>> READY = ready();

    private HalfReader() {}

    private static Map<String, Function<Value, Optional<Ready>>> ready() {
        Map<String, Function<Value, Optional<Ready>>> ready = new LinkedHashMap<>();
        ready.put("tcp", value -> endpoint(value).map(Ready.Tcp::new));
        ready.put("udp", value -> endpoint(value).map(Ready.Udp::new));
        ready.put("file", value -> Optional.of(new Ready.FileThere(value.text())));
        ready.put("log", value -> pattern(value).map(Ready.Log::new));
        ready.put("run", value -> Optional.of(new Ready.Run(value.text())));
        ready.put(
                "exit",
                value -> Optional.of(value.text().equalsIgnoreCase("true") ? new Ready.Exit() : new Ready.AtOnce()));
        return ready;
    }

    /** @param texts files by name */
    static Half read(Section texts, List<Section> sections) {
        Map<String, String> files = new LinkedHashMap<>();
        texts.keys().forEach(name -> files.put(name, texts.text(name, "")));
        List<ProgramSpec> programs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section program : sections) {
            String name = program.text("name", "");
            if (!names.add(name)) {
                program.fault("name", "'" + name + "' is the name of two programs");
            }
            programs.add(new ProgramSpec(
                    name,
                    program.text("run", ""),
                    ready(program.section("ready")),
                    within(program).orElse(ProgramSpec.USUALLY_WITHIN)));
        }
        return new Half(files, programs);
    }

    private static Optional<Duration> within(Section program) {
        Optional<Duration> within = Measures.duration(program, "within");
        if (within.isPresent() && within.get().isZero()) {
            program.fault("within", "is no time at all");
            return Optional.empty();
        }
        return within;
    }

    private static Ready ready(Section section) {
        List<String> said = section.keys();
        if (said.size() > 1) {
            section.fault("several ways to be ready (expected: one of " + String.join(", ", READY.keySet()) + ")");
        }
        for (String key : said) {
            Optional<Value> value = section.value(key);
            Function<Value, Optional<Ready>> reader = READY.get(key);
            if (reader != null && value.isPresent()) {
                return reader.apply(value.get()).orElseGet(Ready.AtOnce::new);
            }
        }
        return new Ready.AtOnce();
    }

    /** {@code ADDRESS:PORT}, or a variable that stands for one. */
    static Optional<String> endpoint(Value value) {
        if (value.text().matches("\\$[A-Z_]+|(\\$[A-Z_]+|[0-9.]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}")) {
            return Optional.of(value.text());
        }
        value.refuse("is no address with a port (expected: as 127.0.0.1:1080, [::1]:1080, $SERVER:443 or $GATEWAY)");
        return Optional.empty();
    }

    private static Optional<Pattern> pattern(Value value) {
        try {
            return Optional.of(Pattern.compile(value.text()));
        } catch (PatternSyntaxException wrong) {
            value.refuse("is no regular expression: " + wrong.getDescription());
            return Optional.empty();
        }
    }
}
