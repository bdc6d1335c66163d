package kwangmyong.lab;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import kwangmyong.access.policy.Decisions;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.dns.zone.PolicyZone;
import kwangmyong.dns.zone.ZoneFault;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.config.LabReader;
import kwangmyong.lab.policy.PolicyExport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the default lab exports as response-policy zones: BIND's checker takes it, and read again it says what the rules say. */
final class PolicyExportIT {
    private static final Path CHECKER = Path.of("/usr/bin/named-checkzone");
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final LabDeclaration lab =
            ((LabReader.Result.Read) LabReader.read(configs().resolve("kwangmyong"))).lab();
    private final PolicySnapshot rules = PolicySnapshot.of(lab.policy());

    @TempDir
    Path folder;

    private static Path configs() {
        return Path.of(requireNonNull(System.getProperty("kwm.home"))).resolve("lab-configs");
    }

    private Identity identity(Subject subject) {
        InetAddress terminal = requireNonNull(lab.terminals().get(subject.name()));
        return new Identity(
                terminal,
                rules.attachmentOf(terminal),
                new Session("s", subject.name(), terminal, NOW, null, Session.Origin.PORTAL));
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        lab.dns().zones().forEach(zone -> names.addAll(PolicyZone.names(zone.name(), zone.file())));
        return names;
    }

    @Test
    void saysOfEveryNameOfTheLabWhatTheRulesSayToEverySubject() throws Exception {
        Set<String> names = names();
        assertThat(names).hasSizeGreaterThan(100);
        int compared = 0;
        for (Subject subject : lab.policy().subjects()) {
            String text = new PolicyExport(rules, identity(subject), NOW, names).text("test.rpz", "a test");
            Path file = Files.writeString(folder.resolve(subject.name() + ".rpz"), text);
            List<ZoneFault> faults = new ArrayList<>();
            PolicyZone zone = PolicyZone.read(file, faults);
            assertThat(faults).isEmpty();
            for (String name : names) {
                if (name.indexOf('*') < 0 && name.indexOf('\\') < 0) {
                    assertThat(passes(zone, name))
                            .as(subject.name() + " " + name)
                            .isEqualTo(allowed(subject, name));
                    compared++;
                }
            }
        }
        System.out.println("policy export: " + compared + " decisions compared");
    }

    private boolean allowed(Subject subject, String name) {
        return Decisions.decide(
                        rules,
                        new Access(identity(subject), Layer.DNS, Action.RESOLVE, new Resource.Name(name, "A"), NOW))
                .isAllowed();
    }

    /** As a resolver would: the name itself, else the longest wildcard above it. */
    private static boolean passes(PolicyZone zone, String name) {
        PolicyZone.Trigger best = null;
        for (PolicyZone.Trigger trigger : zone.triggers()) {
            boolean covers = new NamePattern(trigger.name()).matches(name);
            boolean better = best == null
                    || trigger.name().equals(name)
                    || (!best.name().equals(name)
                            && trigger.name().length() > best.name().length());
            if (covers && better) {
                best = trigger;
            }
        }
        assertThat(best).as(name).isNotNull();
        return best.action() == PolicyZone.Action.PASSTHRU || best.action() == PolicyZone.Action.DATA;
    }

    @Test
    void passesTheCheckOfBind() throws Exception {
        assumeThat(CHECKER).exists();
        for (Subject subject : lab.policy().subjects()) {
            Path file = Files.writeString(
                    folder.resolve(subject.name() + ".rpz"),
                    new PolicyExport(rules, identity(subject), NOW, names()).text("test.rpz", "a test"));
            Process checker = new ProcessBuilder(CHECKER.toString(), "-i", "none", "test.rpz", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile())
                    .start();
            assertThat(checker.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(checker.exitValue())
                    .as(Files.readString(folder.resolve("out")))
                    .isZero();
        }
    }
}
