package kwangmyong.console;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.access.api.LogBook;
import kwangmyong.access.api.Scope;
import kwangmyong.console.command.CommandInterpreter;
import kwangmyong.console.command.ConsolePorts;
import kwangmyong.console.command.ScriptedControl;
import kwangmyong.console.command.ScriptedJournal;
import kwangmyong.console.command.ScriptedOperations;
import kwangmyong.console.command.ScriptedTokens;
import kwangmyong.console.drop.DropConfig;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.mail.api.HeldMail;
import kwangmyong.testkit.RecordingJournal;

/** A console on a free port of 127.76.0.1 over scripted operations. */
final class ScriptedConsole {
    private static final Map<String, Boolean> SHARES = Map.of("journal", false, "content", true);

    final RecordingJournal journal = new RecordingJournal();
    final ScriptedJournal events = new ScriptedJournal();
    final ScriptedOperations operations = new ScriptedOperations();
    volatile Set<Scope> scopes = Scope.all();
    final ConsoleService service;

    ScriptedConsole(Path hostKeys, List<String> keys) {
        this(hostKeys, keys, 4, Duration.ofSeconds(30));
    }

    /** On the port of another socket. */
    ScriptedConsole(Path hostKeys, List<String> keys, InetSocketAddress taken) {
        this(hostKeys, keys, 4, Duration.ofSeconds(30), taken.getPort() - AddressPlan.LOOPBACK_PORT_SHIFT);
    }

    ScriptedConsole(Path hostKeys, List<String> keys, int maxSessions, Duration logInWithin) {
        this(hostKeys, keys, maxSessions, logInWithin, 0);
    }

    private ScriptedConsole(Path hostKeys, List<String> keys, int maxSessions, Duration logInWithin, int port) {
        var config = new ConsoleConfig(
                "kwangmyong",
                List.of(new InetSocketAddress(Addresses.parse("10.76.0.1"), port)),
                Map.of("operator", keys),
                hostKeys,
                new DropConfig(hostKeys.resolve("drop"), SHARES, 100_000, 150_000, 12),
                maxSessions,
                maxSessions,
                3,
                logInWithin,
                Duration.ofMinutes(5));
        var interpreter = new CommandInterpreter(new ConsolePorts(
                operations,
                events,
                new ScriptedControl(),
                new ScriptedTokens(),
                LogBook.NONE,
                HeldMail.NONE,
                () -> Instant.parse("2026-03-01T09:00:00Z"),
                ZoneId.of("Asia/Pyongyang"),
                true,
                null));
        service = new ConsoleService(
                config,
                AddressPlan.loopback(0, List.of()),
                operations,
                interpreter,
                operator -> scopes,
                journal,
                () -> ScriptedOperations.NOW,
                null,
                null);
    }

    InetSocketAddress socket() {
        return service.listeners().get(0).socket();
    }

    /** Runs one by hand: {@code ScriptedConsole FOLDER [PUBLIC-KEY]}. */
    public static void main(String[] arguments) throws Exception {
        var console =
                new ScriptedConsole(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length));
        console.service.start();
        System.out.println(console.socket());
        while (true) {
            console.events.add(ScriptedJournal.entry((int) (System.nanoTime() >>> 30), "deny", "dailynk.com A"));
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000_000L);
        }
    }
}
