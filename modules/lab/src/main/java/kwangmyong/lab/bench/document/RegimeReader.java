package kwangmyong.lab.bench.document;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import kwangmyong.bench.recipe.Regime;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.config.LabReader;
import kwangmyong.lab.config.Section;
import kwangmyong.lab.config.Value;
import kwangmyong.lab.yaml.Faults;
import kwangmyong.lab.yaml.Nearest;

/** Reads a regime; its lab is read as well, and its faults count. */
final class RegimeReader {
    private RegimeReader() {}

    static Regime read(Path file, Section root, Faults faults) {
        Path folder = Documents.folder(file);
        Path lab = root.value("lab").map(RegimeReader::lab).orElse(folder);
        Optional<LabDeclaration> declaration = declaration(lab, root, faults);
        root.value("subject").ifPresent(subject -> declaration.ifPresent(declared -> known(subject, declared)));
        return new Regime(
                String.valueOf(folder.getFileName()),
                root.text("title", ""),
                root.text("about", ""),
                lab,
                root.text("subject", ""),
                root.values("before").stream().map(Value::text).toList(),
                root.values("packages").stream().map(Value::text).toList(),
                root.values("prepare").stream().map(Value::text).toList(),
                HalfReader.read(root.section("files"), root.sections("programs")),
                resolver(root));
    }

    private static @org.jspecify.annotations.Nullable InetAddress resolver(Section root) {
        return root.value("resolver")
                .flatMap(value -> value.as(Addresses::parse))
                .orElse(null);
    }

    /** A name is a folder beside the regimes' own, as lab-configs/kwangmyong; a path is taken from the file. */
    private static Path lab(Value value) {
        String text = value.text();
        Path beside = value.place().resolve(text.contains("/") ? text : "../../" + text);
        Path found = Files.isRegularFile(beside) ? Documents.folder(beside) : beside;
        if (!Files.isRegularFile(found.resolve(LabReader.FILE_NAME))) {
            value.refuse("is no lab (expected: a folder with a " + LabReader.FILE_NAME + ")");
        }
        return found;
    }

    private static Optional<LabDeclaration> declaration(Path lab, Section root, Faults faults) {
        if (!Files.isRegularFile(lab.resolve(LabReader.FILE_NAME))) {
            if (!root.has("lab")) {
                root.fault(
                        "lab", "there is no " + LabReader.FILE_NAME + " beside this file, and no 'lab' says another");
            }
            return Optional.empty();
        }
        LabReader.Result result = LabReader.read(lab);
        if (result instanceof LabReader.Result.Read read) {
            return Optional.of(read.lab());
        }
        ((LabReader.Result.Faulty) result)
                .faults()
                .forEach(fault -> faults.add(
                        new kwangmyong.lab.yaml.Place(fault.file(), fault.line(), fault.column()),
                        fault.path(),
                        fault.message()));
        return Optional.empty();
    }

    private static void known(Value subject, LabDeclaration lab) {
        if (!lab.terminals().containsKey(subject.text())) {
            String near = Nearest.hint(subject.text(), lab.terminals().keySet());
            subject.refuse("has no terminal in that lab"
                    + (near.isEmpty()
                            ? " (expected: " + String.join(", ", lab.terminals().keySet()) + ")"
                            : near));
        }
    }
}
