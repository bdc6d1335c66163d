package kwangmyong.lab.policy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import kwangmyong.access.explain.Names;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.dns.zone.PolicyZone;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.lab.choice.LabArgument;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.Declared;
import kwangmyong.lab.outcome.ExitStatus;
import kwangmyong.lab.outcome.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rpz",
        header = "Response-policy zones.",
        mixinStandardHelpOptions = true,
        subcommands = PolicyZoneCommand.Export.class,
        footer = {"  kwm rpz export --subject academic > academic.rpz"})
public final class PolicyZoneCommand {
    @Command(
            name = "export",
            header = "Print what a subject may resolve as a response-policy zone (RPZ).",
            description = "For a resolver outside the lab to load.",
            mixinStandardHelpOptions = true,
            exitCodeList = {"0:fine", "2:bad usage or configuration"},
            footer = {"  kwm rpz export --subject academic > academic.rpz"})
    static final class Export implements Callable<Integer> {
        @Mixin
        LabArgument lab = new LabArgument();

        @Option(names = "--subject", paramLabel = "SUBJECT", description = "who asks; without it nobody is logged in")
        @Nullable
        String subject;

        @Option(
                names = "--terminal",
                paramLabel = "ADDRESS",
                description = "from where (default: the subject's seat or usual terminal)")
        @Nullable
        String terminal;

        @Override
        public Integer call() {
            LabDeclaration declaration = Declared.orExplain(lab.folder());
            PolicySnapshot rules = PolicySnapshot.of(declaration.policy());
            Instant start = declaration.clock().start();
            Instant now = start == null ? Instant.now() : start;
            Subject asker = subject == null ? null : Names.subject(rules.policy(), subject);
            InetAddress from = from(declaration, asker);
            Attachment attachment = rules.attachmentOf(from);
            Session session =
                    asker == null ? null : new Session("export", asker.name(), from, now, null, Session.Origin.PORTAL);
            Set<String> known = new LinkedHashSet<>();
            declaration.dns().zones().forEach(zone -> known.addAll(PolicyZone.names(zone.name(), zone.file())));
            String name = asker == null ? "nobody" : asker.name();
            String about = "What " + name + " at " + from.getHostAddress() + " may resolve in the lab "
                    + declaration.name() + "; rules " + rules.hash();
            System.out.print(new PolicyExport(rules, new Identity(from, attachment, session), now, known)
                    .text(name + ".rpz", about));
            return ExitStatus.FINE;
        }

        private InetAddress from(LabDeclaration declaration, @Nullable Subject asker) {
            if (terminal != null) {
                return Names.terminal(declaration.policy(), terminal);
            } else if (asker == null) {
                throw new UsageException("say who asks, by --subject, or from where, by --terminal");
            }
            InetAddress usual = declaration.terminals().get(asker.name());
            return asker.seats().stream()
                    .min(Comparator.<InetAddress>comparingInt(seat -> seat.getAddress().length)
                            .thenComparing(InetAddress::getHostAddress))
                    .or(() -> java.util.Optional.ofNullable(usual))
                    .orElseThrow(() -> new UsageException(asker.name() + " has no terminal; name one by --terminal"));
        }
    }
}
