package kwangmyong.lab;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import kwangmyong.access.AccessController;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.journal.JournalConfig;
import kwangmyong.access.journal.JournalReader;
import kwangmyong.console.command.CommandInterpreter;
import kwangmyong.console.command.ConsolePorts;
import kwangmyong.console.command.ConsolePorts.Reload.Outcome;
import kwangmyong.console.command.ConsolePorts.StatusLine;
import kwangmyong.console.command.Invocation;
import kwangmyong.dns.DnsService;
import kwangmyong.dns.ZoneLoadException;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.service.Service;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.control.Interpreter.Screen;
import org.jspecify.annotations.Nullable;

/** What the operator's commands act on: a running lab, or a configuration alone. */
final class OperatorPorts {
    /** Who acts when it is not an operator at the console: whoever owns the lab's process. */
    private static final String OWNER = "kwm";

    private static final int NAMES_SHOWN = 5;

    private OperatorPorts() {}

    static ConsolePorts of(Lab lab) {
        return new ConsolePorts(
                lab.access().operations(),
                new JournalReader(JournalConfig.under(lab.state().root())),
                () -> status(lab),
                operator -> reload(lab),
                lab.clock(),
                (target, operator) -> move(lab, target, operator),
                lab.declaration().timeZone(),
                true,
                lab.border());
    }

    /** The rules as they are written, with nobody anywhere, and whatever journal there is. */
    static ConsolePorts offline(LabDeclaration declaration, StateFolder state) {
        Journal none = new Journal() {
            @Override
            public void record(Event event) {
                // a configuration alone does nothing that could be recorded
            }

            @Override
            public java.util.concurrent.CompletionStage<Void> force(Event event) {
                return java.util.concurrent.CompletableFuture.completedFuture(null);
            }
        };
        var start = declaration.clock().start();
        var clock = new RunningClock(
                start == null ? Instant.now() : start,
                declaration.clock().speed().doubleValue());
        var access = new AccessController(
                declaration.policy(),
                ServiceConfigs.access(declaration),
                clock,
                none,
                state.access(),
                new WrittenNames(declaration, state));
        return new ConsolePorts(
                access.operations(),
                new JournalReader(JournalConfig.under(state.root())),
                List::of,
                operator -> new Outcome(false, List.of("the lab is not running")),
                clock,
                (target, operator) -> {
                    throw new IllegalArgumentException("the lab is not running");
                },
                declaration.timeZone(),
                false,
                null);
    }

    static int run(ConsolePorts ports, List<String> arguments, Screen screen, PrintStream out, PrintStream err) {
        return new CommandInterpreter(ports)
                .run(new Invocation(arguments, OWNER, screen.isTerminal(), screen.columns(), out, err));
    }

    private static void move(Lab lab, Instant target, String operator) {
        Instant before = moved(lab, target);
        lab.journal()
                .record(new Event(
                        target,
                        Layer.CONSOLE,
                        null,
                        "clock",
                        target.toString(),
                        null,
                        operator + " moved it from " + before,
                        0));
    }

    private static Instant moved(Lab lab, Instant target) {
        try {
            return lab.moveClock(target);
        } catch (UsageException stays) {
            throw new OperationException(String.valueOf(stays.getMessage()));
        }
    }

    private static Outcome reload(Lab lab) {
        try {
            Lab.Reloaded reloaded = lab.reload();
            List<String> lines = new ArrayList<>(List.of("the rules in force are " + reloaded.hash()));
            if (!reloaded.faults().isEmpty()) {
                lines.add("zones with faults stay as they were; the others are taken");
                reloaded.faults().forEach(fault -> lines.add(fault.toString()));
            }
            return new Outcome(reloaded.faults().isEmpty(), lines);
        } catch (UsageException wrong) {
            return new Outcome(false, String.valueOf(wrong.getMessage()).lines().toList());
        }
    }

    private static List<StatusLine> status(Lab lab) {
        List<StatusLine> lines = new ArrayList<>();
        lines.add(new StatusLine(
                "lab",
                lab.declaration().name()
                        + (lab.plan().isLoopback()
                                ? ", loopback mode (no isolation)"
                                : lab.isolation() == null ? ", container mode" : ", isolated mode")));
        lines.add(new StatusLine("state", lab.state().root().toString()));
        lines.add(new StatusLine("interception", interception(lab.declaration())));
        for (Service service : lab.services()) {
            if (service.name().equals("sites")) {
                lines.add(new StatusLine("sites", service.listeners().size() + " listeners"));
            } else {
                service.listeners()
                        .forEach(listener -> lines.add(new StatusLine(
                                listener.protocol(),
                                Text.of(listener.address()) + " at " + Text.of(listener.socket()))));
            }
        }
        return lines;
    }

    /** Which rules open TLS, and of what. */
    private static String interception(LabDeclaration declaration) {
        String rules = declaration.policy().rules().stream()
                .filter(rule -> rule.effect() == Rule.Effect.ALLOW && rule.intercepted())
                .map(rule -> rule.id() + " ("
                        + rule.names().stream()
                                .limit(NAMES_SHOWN)
                                .map(NamePattern::text)
                                .collect(Collectors.joining(", "))
                        + (rule.names().size() > NAMES_SHOWN ? ", …)" : ")"))
                .collect(Collectors.joining(", "));
        return rules.isEmpty() ? "off: no rule opens TLS" : "TLS is opened by " + rules;
    }

    /** The zones as they are written, read when the first name is asked for, which not every command does. */
    private static final class WrittenNames implements NameData {
        private final LabDeclaration declaration;
        private final StateFolder state;
        private @Nullable NameData read;

        WrittenNames(LabDeclaration declaration, StateFolder state) {
            this.declaration = declaration;
            this.state = state;
        }

        @Override
        public synchronized Answer addresses(String name) {
            if (read == null) {
                try {
                    read = DnsService.names(ServiceConfigs.dns(declaration, state));
                } catch (ZoneLoadException faulty) {
                    throw new OperationException("the zones have faults\n" + faulty.getMessage());
                }
            }
            return read.addresses(name);
        }
    }

    /** Addresses as people write them. */
    static final class Text {
        private Text() {}

        static String of(java.net.InetSocketAddress address) {
            String host = Addresses.text(address.getAddress());
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
        }
    }
}
