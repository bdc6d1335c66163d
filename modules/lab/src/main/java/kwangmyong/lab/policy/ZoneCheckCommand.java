package kwangmyong.lab.policy;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import kwangmyong.dns.check.Finding;
import kwangmyong.dns.check.Finding.Severity;
import kwangmyong.dns.check.ZoneCheck;
import kwangmyong.dns.zone.ZoneReading;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

@Command(
        name = "check",
        header = "Say what is wrong with zones, and why it matters.",
        description =
                "Of a lab's zones, or of zone files: each fault with file and line. Zones given together are held against one another: delegations, glue, sender policies, reverse names.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {"0:no error", "1:an error (with --strict also a warning)", "2:bad usage or configuration"},
        footer = {"  kwm zone check", "  kwm zone check axfr-2016 --strict", "  kwm zone check example.kp.zone --json"})
final class ZoneCheckCommand implements Callable<Integer> {
    private static final String SUFFIX = ".zone";

    @Parameters(
            arity = "0..*",
            paramLabel = "LAB|FILE",
            description = "a lab (default: kwangmyong), or files NAME.zone, each the zone NAME")
    List<String> targets = new ArrayList<>();

    @Option(
            names = "--origin",
            paramLabel = "NAME",
            description = "the zone's name, where one file is not called after it")
    @Nullable
    String origin;

    @Option(names = "--remarks", description = "list remarks too, which are against custom only")
    boolean remarks;

    @Option(names = "--strict", description = "exit with 1 for warnings too")
    boolean strict;

    @Option(names = "--json", description = "print JSON; remarks are always in it")
    boolean json;

    @Override
    public Integer call() {
        List<ZoneReading> zones = readings();
        List<Finding> findings = ZoneCheck.of(zones);
        System.out.print(json ? json(zones.size(), findings) : text(zones.size(), findings));
        boolean fails = count(findings, Severity.ERROR) > 0 || (strict && count(findings, Severity.WARNING) > 0);
        return fails ? ExitStatus.DIFFERENT : ExitStatus.FINE;
    }

    private List<ZoneReading> readings() {
        List<ZoneReading> zones = new ArrayList<>();
        boolean files = targets.size() > 1
                || origin != null
                || (!targets.isEmpty()
                        && Files.isRegularFile(Path.of(targets.get(0)))
                        && !targets.get(0).endsWith(".yaml"));
        if (!files) {
            String lab = targets.isEmpty() ? LabFolder.DEFAULT : targets.get(0);
            Declared.orExplain(LabFolder.find(lab))
                    .dns()
                    .zones()
                    .forEach(zone -> zones.add(ZoneReading.of(zone.name(), shortened(zone.file()))));
            return zones;
        }
        if (origin != null && targets.size() != 1) {
            throw new UsageException("--origin goes with one file");
        }
        for (String target : targets) {
            zones.add(ZoneReading.of(origin == null ? name(target) : origin, Path.of(target)));
        }
        return zones;
    }

    /** The path from where one stands, where that is a way down. */
    private static Path shortened(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }

    private static String name(String file) {
        String name = String.valueOf(Path.of(file).getFileName());
        if (!name.endsWith(SUFFIX)) {
            throw new UsageException(
                    file + " is not named NAME" + SUFFIX + "; say which zone it is with --origin NAME");
        }
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private String text(int zones, List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            if (remarks || finding.severity() != Severity.REMARK) {
                text.append(finding).append('\n');
            }
        }
        long left = count(findings, Severity.REMARK);
        text.append(String.format(
                "kwm: %d zones: %d errors, %d warnings, %d remarks%s%n",
                zones,
                count(findings, Severity.ERROR),
                count(findings, Severity.WARNING),
                left,
                remarks || left == 0 ? "" : " (--remarks lists them)"));
        return text.toString();
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static String json(int zones, List<Finding> findings) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("zones", zones);
            for (Severity severity : Severity.values()) {
                json.writeNumberProperty(severity.word() + "s", count(findings, severity));
            }
            json.writeArrayPropertyStart("findings");
            for (Finding finding : findings) {
                json.writeStartObject();
                json.writeStringProperty("severity", finding.severity().word());
                json.writeStringProperty("id", finding.id());
                json.writeStringProperty("zone", finding.zone());
                json.writeStringProperty("file", finding.file().toString());
                json.writeNumberProperty("line", finding.line());
                json.writeStringProperty("message", finding.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text + "\n";
    }
}
