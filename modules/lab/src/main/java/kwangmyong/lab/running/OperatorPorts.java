package kwangmyong.lab.running;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kwangmyong.access.AccessController;
import kwangmyong.access.api.LabControl;
import kwangmyong.access.api.LogBook;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.PolicyDiff;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Tokens;
import kwangmyong.access.journal.JournalConfig;
import kwangmyong.access.journal.JournalReader;
import kwangmyong.access.store.MemoryStore;
import kwangmyong.access.watch.Watching;
import kwangmyong.api.ApiPorts;
import kwangmyong.console.command.CommandInterpreter;
import kwangmyong.console.command.ConsolePorts;
import kwangmyong.console.command.Invocation;
import kwangmyong.dns.DnsService;
import kwangmyong.dns.ZoneLoadException;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.control.Interpreter.Screen;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.parts.RunningClock;
import kwangmyong.lab.parts.ServiceConfigs;
import kwangmyong.mail.api.HeldMail;
import org.jspecify.annotations.Nullable;

/** What the operator's commands act on: a running lab, or a configuration alone. */
public final class OperatorPorts {
    private static final String NOT_RUNNING = "the lab is not running";

    private OperatorPorts() {}

    public static ConsolePorts of(Lab lab) {
        return new ConsolePorts(
                lab.access().operations(),
                new JournalReader(JournalConfig.under(lab.state().root())),
                new RunningControl(lab),
                lab.tokens(),
                lab.book(),
                lab.heldMail(),
                lab.clock(),
                lab.declaration().timeZone(),
                true,
                lab.border());
    }

    /** What the API renders of a running lab: the same operations, not another way to them. */
    static ApiPorts api(Lab lab, AskerSeal seal) {
        return new ApiPorts(
                lab.access().operations(),
                new JournalReader(JournalConfig.under(lab.state().root())),
                new RunningControl(lab),
                lab.tokens(),
                lab.operators(),
                lab.book(),
                lab.heldMail(),
                lab.border(),
                lab.plan(),
                seal,
                terminal -> lab.access().snapshot().attachmentOf(terminal) != null,
                lab.access().journal(),
                lab.clock(),
                lab.declaration().timeZone());
    }

    /** The rules as they are written, with nobody anywhere, and whatever journal there is. */
    public static ConsolePorts offline(LabDeclaration declaration, StateFolder state) {
        Journal none = new Journal() {
            @Override
            public void record(Event event) {
                // a configuration alone does nothing that could be recorded
            }

            @Override
            public CompletionStage<Void> force(Event event) {
                return CompletableFuture.completedFuture(null);
            }
        };
        RunningClock clock = RunningClock.of(declaration);
        var access = new AccessController(
                declaration.policy(),
                ServiceConfigs.access(declaration),
                clock,
                none,
                new MemoryStore(),
                new WrittenNames(declaration, state));
        access.watchBy(() -> watched(declaration, state));
        return new ConsolePorts(
                access.operations(),
                new JournalReader(JournalConfig.under(state.root())),
                new NoControl(),
                new NoTokens(),
                LogBook.NONE,
                HeldMail.NONE,
                clock,
                declaration.timeZone(),
                false,
                null);
    }

    /** What the journal of a lab that is not running said at its end. */
    private static List<kwangmyong.access.api.Watch> watched(LabDeclaration declaration, StateFolder state) {
        Watching watching = Watch.over(declaration);
        try {
            watching.lookBack(new JournalReader(JournalConfig.under(state.root())));
        } catch (IOException unreadable) {
            throw new OperationException("the journal cannot be read: " + unreadable.getMessage());
        }
        return watching.scoresThen();
    }

    public static int run(ConsolePorts ports, List<String> arguments, Screen screen, PrintStream out, PrintStream err) {
        return new CommandInterpreter(ports)
                .run(new Invocation(
                        arguments,
                        DeclaredOperators.OWNER,
                        Scope.all(),
                        new Invocation.Screen(screen.isTerminal(), screen.colours(), screen.columns(), 24),
                        InputStream.nullInputStream(),
                        out,
                        err));
    }

    /** A lab that does not run. */
    private static final class NoControl implements LabControl {
        @Override
        public List<Part> parts() {
            return List.of();
        }

        @Override
        public Reloaded reload(String by) {
            return new Reloaded(false, List.of(NOT_RUNNING));
        }

        @Override
        public PolicyDiff compare(@Nullable String name) {
            throw new OperationException(NOT_RUNNING);
        }

        @Override
        public void moveClock(Instant target, String by) {
            throw new OperationException(NOT_RUNNING);
        }

        @Override
        public void outOfScope(String by, String what, Scope needed) {
            // nobody is told: there is no journal to write to
        }
    }

    /** No tokens without a lab. */
    private static final class NoTokens implements Tokens {
        @Override
        public CompletionStage<Issued> issue(Request request) {
            return CompletableFuture.failedFuture(new OperationException(NOT_RUNNING));
        }

        @Override
        public CompletionStage<TokenView> revoke(String id, String by) {
            return CompletableFuture.failedFuture(new OperationException(NOT_RUNNING));
        }

        @Override
        public List<TokenView> tokens() {
            return List.of();
        }

        @Override
        public Optional<Bearer> bearer(String text) {
            return Optional.empty();
        }
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
}
