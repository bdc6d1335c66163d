package kwangmyong.lab.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.lab.yaml.Fault;
import kwangmyong.lab.yaml.Faults;
import kwangmyong.lab.yaml.Layers;
import kwangmyong.lab.yaml.Nearest;
import kwangmyong.lab.yaml.Schema;
import kwangmyong.lab.yaml.Yaml.Mapping;

/** Reads a {@code lab.yaml}: syntax, {@code extends}, schema, then everything that only the whole can tell. All faults come at once. */
public final class LabReader {
    /** What the file in a lab's folder is called. */
    public static final String FILE_NAME = "lab.yaml";

    private static final ZoneId USUAL_TIME_ZONE = ZoneId.of("Asia/Pyongyang");
    private static final long USUAL_SEED = 1;

    private LabReader() {}

    /** What came of reading. */
    public sealed interface Result {
        /**
         * The lab is sound.
         *
         * @param inLoopback why it cannot run in loopback mode; empty when it can
         */
        record Read(LabDeclaration lab, List<Fault> inLoopback) implements Result {}

        /** It is not; by position, at least one. */
        record Faulty(List<Fault> faults) implements Result {}
    }

    /**
     * Reads a lab. Never throws for what is written in it.
     *
     * @param lab the folder of a lab, or its file
     */
    public static Result read(Path lab) {
        Path file = (Files.isDirectory(lab) ? lab.resolve(FILE_NAME) : lab).normalize();
        Faults faults = new Faults();
        Optional<Mapping> tree = new Layers(FILE_NAME, faults).read(file);
        if (tree.isEmpty()) {
            return new Result.Faulty(faults.sorted());
        }
        CompiledSchema.LAB.check(tree.get(), faults);
        Faults loopback = new Faults();
        LabDeclaration declaration = declaration(file, Section.root(tree.get(), faults), faults, loopback);
        return faults.isEmpty() ? new Result.Read(declaration, loopback.sorted()) : new Result.Faulty(faults.sorted());
    }

    private static LabDeclaration declaration(Path file, Section root, Faults faults, Faults loopback) {
        Section lab = root.section("lab");
        String name = lab.text("name", folderName(file));
        long seed = lab.value("seed").flatMap(LabReader::seed).orElse(USUAL_SEED);
        ZoneId timeZone = lab.value("time_zone").flatMap(LabReader::timeZone).orElse(USUAL_TIME_ZONE);
        Labels labels = Labels.read(root.section("clearance"));
        PlaceReader places = new PlaceReader(root.section("attachments"));
        SubjectReader subjects = new SubjectReader(root, labels, places);
        var subjectNames = subjects.names(root);
        var zones = ZoneReader.read(root.section("dns"), file);
        Denials denials = DenialReader.read(root.section("denials"), Denials.DEFAULT);
        var rules = new RuleReader(labels, subjectNames, places.names(), zones, timeZone, denials)
                .read(root.sections("rules"));

        Listeners listeners = new Listeners(faults);
        ServiceReader services = new ServiceReader(root, listeners);
        var portal = services.portal();
        var mailPolicy = services.mailPolicy(labels, subjects, subjectNames);
        Policy policy = new Policy(
                labels.lattice(),
                subjects.subjects(),
                places.attachments(labels, denials),
                rules,
                mailPolicy,
                services.captive(portal),
                denials,
                List.of(),
                root.flag("seats_are_exclusive", true));
        var dns = new DnsReader(root, listeners).read(zones, name, subjectNames, places);
        var gateway = services.gateway(subjectNames);
        var mail = services.mail(mailPolicy);
        var console = services.console();
        var metrics = services.metrics();
        var controller = StoreReader.controller(root.section("controller"), listeners);
        var sites = new SiteReader(seed, listeners, faults).read(root, file);
        Set<InetAddress> sinkholes = services.sinkholes(portal, policy);
        LabDeclaration declaration = new LabDeclaration(
                file,
                faults.files(),
                name,
                lab.text("title", name),
                seed,
                clock(lab.section("clock"), timeZone),
                timeZone,
                policy,
                subjects.accounts(),
                subjects.keys(),
                SubjectReader.operators(root.section("operators")),
                subjects.terminals(),
                portal,
                sinkholes,
                dns,
                gateway,
                mail,
                console,
                metrics,
                sites.orElse(null),
                NetworkReader.read(root, places),
                BorderReader.read(root.section("border"), places.names()),
                StoreReader.store(root, file),
                controller,
                SessionsReader.read(root, subjectNames, places.names(), timeZone),
                JournalSectionReader.read(root));
        Loopback.check(root.section("attachments"), policy.attachments(), loopback);
        listeners.checkLoopback(loopback);
        return declaration;
    }

    /** Errors of the folder's name are left to the schema of {@code lab.name}: a folder may be called anything. */
    private static String folderName(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        Path last = folder == null ? null : folder.getFileName();
        String name = last == null
                ? ""
                : last.toString().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-");
        String word = name.replaceAll("^[-_]+|[-_]+$", "");
        return word.isEmpty() ? "lab" : word;
    }

    private static Optional<ZoneId> timeZone(Value value) {
        try {
            return Optional.of(ZoneId.of(value.text()));
        } catch (DateTimeException unknown) {
            value.refuse("is no time zone" + Nearest.hint(value.text(), ZoneId.getAvailableZoneIds()));
            return Optional.empty();
        }
    }

    /** A whole number of 64 bits; empty when it is none, which the schema has said. */
    public static Optional<Long> seed(Value value) {
        return value.text().matches("[-+]?\\d{1,19}") && new BigInteger(value.text()).bitLength() < Long.SIZE
                ? Optional.of(Long.valueOf(value.text()))
                : Optional.empty();
    }

    private static LabDeclaration.Clock clock(Section clock, ZoneId timeZone) {
        Optional<Instant> start = clock.value("start")
                .filter(value -> !value.text().equals("now"))
                .flatMap(value -> start(value, timeZone));
        BigDecimal speed = clock.value("speed")
                .filter(value -> value.text().matches("\\+?[0-9.]{1,40}([eE][-+]?\\d{1,3})?"))
                .flatMap(value -> value.as(BigDecimal::new))
                .orElse(BigDecimal.ONE);
        return new LabDeclaration.Clock(start.orElse(null), speed);
    }

    private static Optional<Instant> start(Value value, ZoneId timeZone) {
        try {
            return Optional.of(Times.parse(value.text().strip(), timeZone));
        } catch (DateTimeException notATime) {
            value.refuse("is no time (expected: now, 2026-03-01T09:00 or 2026-03-01T09:00:00+09:00)");
            return Optional.empty();
        }
    }

    /** Compiled at the first reading, once. */
    private static final class CompiledSchema {
        static final Schema LAB = Schema.resource(LabReader.class, "lab.schema.json");
    }
}
