package kwangmyong.console.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kwangmyong.access.api.LabControl;
import kwangmyong.access.api.LayerDecision;
import kwangmyong.access.api.LogBook;
import kwangmyong.access.api.PolicyDiff;
import kwangmyong.access.api.Scope;
import kwangmyong.border.api.Border;
import kwangmyong.console.command.Invocation.Screen;
import kwangmyong.mail.api.HeldMail;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandInterpreterTest {
    private final ScriptedOperations operations = new ScriptedOperations();
    private final ScriptedJournal journal = new ScriptedJournal();
    private final ScriptedControl control = new ScriptedControl();
    private final ScriptedTokens tokens = new ScriptedTokens();
    private Set<Scope> scopes = Scope.all();
    private String in = "";
    private HeldMail mail = HeldMail.NONE;
    private boolean live = true;
    private @Nullable Border border;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void explainsEachLayer() {
        assertThat(run("explain", "academic", "dailynk.com", "--at", "18:30")).isZero();
        assertThat(out())
                .contains(
                        "dailynk.com for academic at 10.76.20.11 (campus), 2026-03-01 18:30:00",
                        "no rule allows it",
                        "nxdomain");
    }

    @Test
    void printsJsonInTheJournalsSpelling() {
        assertThat(run("explain", "academic", "dailynk.com", "--json")).isZero();
        assertThat(out()).startsWith("{").contains("\"decisions\":[{", "\"at\":\"2026-03-01T09:00:00Z\"");
        out.reset();
        run("sessions", "--json");
        assertThat(out()).startsWith("[{").contains("\"subject\":\"academic\"");
    }

    @Test
    void alignsHangulByItsTwoColumns() {
        run("subjects");
        List<String> lines = out().lines().toList();
        int column = lines.get(0).indexOf("CLEARANCE");
        assertThat(Text.width(lines.get(1).substring(0, lines.get(1).indexOf("cleared+"))))
                .isEqualTo(column);
        assertThat(lines.get(2).indexOf("resident+news")).isEqualTo(column);
    }

    @Test
    void cutsTablesToATerminalAndColoursVerdicts() {
        var invocation = new Invocation(
                List.of("explain", "academic", "a-very-long-name.that.goes.on.and.on.example.com"),
                "operator",
                scopes,
                new Screen(true, true, 80, 24),
                InputStream.nullInputStream(),
                print(out),
                print(err));
        assertThat(interpreter().run(invocation)).isZero();
        List<String> lines = out().lines().toList();
        assertThat(lines.get(4)).contains("\u001b[31mdeny").contains("…");
        assertThat(Text.width(lines.get(4).replaceAll("\u001b\\[\\d+m", ""))).isLessThanOrEqualTo(80);
    }

    @Test
    void whatCameFromTheNetworkCannotMoveTheCursor() {
        assertThat(run("events", "--where", "verdict=deny")).isZero();
        assertThat(out()).contains("evil\\u{1b}[2J\\u{202e}평양 A").doesNotContain("\u001b", "\u202e", "namsan");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --where verdict!=deny             | 1
                    --where host~namsan.*             | 1
                    --where host=namsan.aca.kp,x.kp   | 1
                    --where seq>1                     | 2
                    --where seq<=2 --reverse          | 2,1
                    --all                             | 1,2
                    --last 1                          | 2
                    --last 1 --reverse                | 2
                    --last 0                          |
                    --since 2026-03-01T09:00:01Z      |
                    """)
    void selectsAndOrdersLines(String options, @Nullable String numbers) {
        assertThat(run(("events --json " + options).split(" "))).isZero();
        assertThat(out().lines().map(line -> line.replaceAll("\\D", "")))
                .containsExactlyElementsOf(numbers == null ? List.of() : List.of(numbers.split(",")));
    }

    @Test
    void exportsLinesAsCsv() {
        assertThat(run("events", "--csv", "--where", "seq=1")).isZero();
        assertThat(out().lines()).hasSize(2).first().asString().startsWith("process,seq,time,");
        assertThat(out()).contains("lab,1,2026-03-01T09:00:00.123Z,").contains(",namsan.aca.kp A,allow,default,");
    }

    @Test
    void countsLinesByWhatAFieldSays() {
        assertThat(run("events", "--count-by", "verdict")).isZero();
        assertThat(out().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .containsExactly("VERDICT LINES EVENTS", "allow 1 1", "deny 1 1");
        out.reset();
        assertThat(run("events", "--count-by", "detail", "--json")).isZero();
        assertThat(out().strip()).isEqualTo("[{\"value\":null,\"lines\":2,\"events\":2}]");
        out.reset();
        assertThat(run("events", "--count-by", "service", "--csv")).isZero();
        assertThat(out().lines()).containsExactly("service,lines,events", "dns,2,2");
    }

    @Test
    void saysWhoLooksUnusualAndWhy() {
        assertThat(run("watch")).isZero();
        assertThat(out())
                .contains("40  unusual    academic at 10.76.20.11, from 2026-03-01 17:50:00 to 2026-03-01 18:00:00")
                .contains("40  denials: 40 denials within an hour, of 30 names; from 20 on it counts")
                .contains("such as 5b1c");
        out.reset();
        assertThat(run("watch", "trader")).isZero();
        assertThat(out()).isEqualToIgnoringNewLines("Nothing unusual.");
        out.reset();
        assertThat(run("watch", "academic", "--json")).isZero();
        assertThat(out()).startsWith("[{\"subject\":\"academic\"").contains("\"kind\":\"denials\"");
        out.reset();
        run("watch", "--json");
        assertThat(out()).contains("\"standing\":\"unusual\"");
    }

    @Test
    void followsUntilItIsInterrupted() throws Exception {
        Thread follower = new Thread(() -> run("events", "--follow", "--last", "1", "--json"));
        follower.start();
        await().until(() -> out().contains("{\"seq\":2}"));
        journal.add(ScriptedJournal.entry(2, "deny", "again"));
        journal.add(ScriptedJournal.entry(3, "deny", "new"));
        await().until(() -> out().contains("{\"seq\":3}"));
        follower.interrupt();
        follower.join(5_000);
        assertThat(follower.isAlive()).isFalse();
        assertThat(out().lines()).containsExactly("{\"seq\":2}", "{\"seq\":3}");
    }

    @Test
    void saysWhoseDecisionsOtherRulesWouldChange() {
        assertThat(run("compare")).isZero();
        assertThat(out()).isEqualTo("The rules are the same (0).\n");
        assertThat(run("compare", "elsewhere")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(err()).contains("there is no lab 'elsewhere'");

        out.reset();
        control.comparison = new PolicyDiff(
                "0",
                "1",
                12,
                List.of(
                        change("kcna.kp", decision("allow", "news", "rule"), decision("deny", "default", "no-rule")),
                        change("dailynk.com", decision("deny", "a", "forbidden"), decision("deny", "b", "forbidden"))));
        assertThat(run("compare")).isEqualTo(CommandInterpreter.FAILED);
        assertThat(out())
                .contains("fetch kcna.kp", "allow by news (rule, as-asked)  ->  deny by default", "academic at campus")
                .contains("2 decisions change, of 12 compared.");
        out.reset();
        run("compare", "--verdicts");
        assertThat(out()).contains("kcna.kp", "1 decisions change").doesNotContain("dailynk.com");
    }

    private static PolicyDiff.Change change(String resource, LayerDecision before, LayerDecision after) {
        return new PolicyDiff.Change("academic", "campus", "gateway", "fetch", resource, null, before, after);
    }

    private static LayerDecision decision(String verdict, String rule, String reason) {
        return new LayerDecision("gateway", "fetch", "", verdict, rule, reason, reason, null, null, "as-asked");
    }

    @Test
    void grantsAndTakesBack() {
        assertThat(run("grant", "delegate", "world", "--for", "1h30m", "--reason", "evening"))
                .isZero();
        assertThat(out())
                .contains("granted world to delegate until 2026-03-01 19:30:00; take it back with: revoke g-1");
        assertThat(operations.grants()).singleElement().satisfies(grant -> {
            assertThat(grant.by()).isEqualTo("operator");
            assertThat(grant.reason()).isEqualTo("evening");
        });
        assertThat(run("grants")).isZero();
        assertThat(run("revoke", "g-1")).isZero();
        assertThat(run("revoke", "g-1")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(err()).contains("there is no grant 'g-1'");
    }

    @Test
    void logsInAndOut() {
        assertThat(run("login", "resident", "10.76.10.11")).isZero();
        assertThat(run("logout", "10.76.10.11")).isZero();
        assertThat(run("logout", "10.76.10.11")).isEqualTo(CommandInterpreter.FAILED);
    }

    @Test
    void aBrokenJournalIsAFailedCheck() {
        assertThat(run("verify")).isEqualTo(CommandInterpreter.FAILED);
        assertThat(out()).contains("line 2: it was altered", "NOT whole");
    }

    @Test
    void aReloadWithFaultsIsBadConfiguration() {
        assertThat(run("reload")).isZero();
        control.reload = new LabControl.Reloaded(false, List.of("lab.yaml:3:5: no such key 'atachments'"));
        assertThat(run("reload")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(err()).contains("lab.yaml:3:5");
    }

    static List<List<String>> wrong() {
        return List.of(
                List.of(),
                List.of("nonsense"),
                List.of("explain"),
                List.of("explain", "nobody-known", "a.kp"),
                List.of("explain", "academic", "a.kp", "--at", "noon"),
                List.of("grant", "delegate", "world"),
                List.of("grant", "delegate", "world", "--for", "soon", "--reason", "x"),
                List.of("events", "--where", "colour=red"),
                List.of("events", "--last", "-1"),
                List.of("events", "--where", "verdict"),
                List.of("events", "--where", "subject>1"),
                List.of("events", "--all", "--last", "3"),
                List.of("events", "--follow", "--reverse"),
                List.of("events", "--csv", "--json"),
                List.of("events", "--count-by", "colour"),
                List.of("events", "--since", "yesterday"),
                List.of("status", "--\u001b[2Jbold"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void tellsWhatIsWrongInALineOrTwo(List<String> arguments) {
        assertThat(run(arguments.toArray(String[]::new))).isEqualTo(CommandInterpreter.USAGE);
        assertThat(err().lines().count()).isBetween(1L, 3L);
        assertThat(err()).doesNotContain("Exception", "\u001b");
    }

    @Test
    void withoutALabItExplainsAndRefusesTheRest() {
        live = false;
        assertThat(run("explain", "academic", "a.kp")).isZero();
        assertThat(run("events")).isZero();
        assertThat(run("sessions")).isEqualTo(CommandInterpreter.NOT_RUNNING);
        assertThat(err()).contains("kwm up");
    }

    @Test
    void everyCommandHasHelpWithExamples() {
        for (String name : CommandInterpreter.names()) {
            out.reset();
            assertThat(run("help", name)).isZero();
            assertThat(out()).contains("Usage: " + name);
            if (!name.equals("help")) {
                assertThat(out()).contains("Examples:");
            }
        }
    }

    @Test
    void completesCommandsOptionsAndWhoIsThere() {
        CommandInterpreter interpreter = interpreter();
        assertThat(interpreter.candidates(List.of("ex"), 0)).contains("explain", "help");
        assertThat(interpreter.candidates(List.of("explain", ""), 1)).containsExactly("academic", "delegate");
        assertThat(interpreter.candidates(List.of("explain", "academic", "a.kp", "--"), 3))
                .contains("--at", "--terminal", "--json");
        assertThat(interpreter.candidates(List.of("logout", ""), 1)).containsExactly("10.76.20.11");
        assertThat(interpreter.candidates(List.of("events", "--where", ""), 2)).contains("verdict=");
        assertThat(interpreter.candidates(List.of("help", ""), 1)).contains("grant");
        assertThat(interpreter.candidates(List.of("nonsense", ""), 1)).isEmpty();
    }

    @Test
    void showsTheClockAndMovesItForwardOnly() {
        assertThat(run("clock")).isZero();
        assertThat(run("clock", "--by", "90")).isZero();
        assertThat(run("clock", "--by", "1h")).isZero();
        assertThat(run("clock", "--to", "20:00")).isZero();
        assertThat(run("clock", "--to", "2026-03-02")).isZero();
        assertThat(out().lines())
                .containsExactly(
                        "2026-03-01T18:00+09:00",
                        "2026-03-01T18:01:30+09:00",
                        "2026-03-01T19:01:30+09:00",
                        "2026-03-01T20:00+09:00",
                        "2026-03-02T00:00+09:00");
        assertThat(control.movers).containsOnly("operator").hasSize(4);
        assertThat(run("clock", "--to", "2026-03-01T23:59:59+09:00")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(run("clock", "--to", "2026-03-03", "--by", "1")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(err())
                .contains(
                        "the lab's clock goes forward only: it is 2026-03-02T00:00+09:00",
                        "--to and --by are two ways to say one thing");
        live = false;
        assertThat(run("clock")).isEqualTo(CommandInterpreter.NOT_RUNNING);
    }

    @Test
    void showsTheBorderAndSetsItsConditions() {
        assertThat(run("border")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(err()).contains("there is no border: it is there in isolated mode");
        border = new ScriptedBorder();

        assertThat(run("border", "--delay", "80ms", "--loss", "0.5%")).isZero();
        assertThat(run("border", "--attachment", "hotel", "--rate", "512kbit")).isZero();
        assertThat(out()).contains("3 of 9, 4 begun", "denied", "7 packets", "delay 80ms, loss 0.5%", "rate 512000bit");
        assertThat(run("border", "--delay", "fast")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(err()).contains("'fast' is not a time such as 80ms, 2s or 1h");
        assertThat(run("border", "--clear", "--reset", "--seed", "9", "--json")).isZero();
        assertThat(out()).contains("\"begun\":4", "\"seed9\":1");
    }

    @Test
    void aPasswordIsShownOnceOrReadFromTheInputAndNeverOnTheCommandLine() {
        assertThat(run("password", "academic")).isZero();
        assertThat(out().strip()).matches("[a-z2-9]{4}(-[a-z2-9]{4}){3}");
        in = "a new one\r\nignored";
        assertThat(run("password", "academic", "--stdin")).isZero();
        in = "";
        assertThat(run("password", "academic", "--stdin")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(run("password", "academic", "secret")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(err()).contains("the standard input has no password");
    }

    @Test
    void showsHeldMailAndWhatBecomesOfIt() {
        assertThat(run("held")).isZero();
        assertThat(out()).contains("No mail is held.");
        mail = new ScriptedMail();
        assertThat(run("held")).isZero();
        assertThat(out()).contains("h0000001", "trader@silibank.net.kp", "evil\\u{1b}[2J");
        assertThat(run("held", "h0000001")).isZero();
        assertThat(out()).contains("Subject: evil\\u{1b}[2J");
        assertThat(run("release", "h0000009")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(err()).contains("no mail 'h0000009' is held");
        assertThat(run("release", "h0000001")).isZero();
        assertThat(run("refuse", "h0000001")).isEqualTo(CommandInterpreter.USAGE);
    }

    @Test
    void showsWhoIsWhereAndWhatIsDeniedOnce() {
        assertThat(run("live")).isZero();
        assertThat(out())
                .contains("academic", "Ctrl-C leaves", "no rule allows it")
                .doesNotContain("\u001b", "\u202e");
        out.reset();
        assertThat(run("live", "--json")).isZero();
        assertThat(out()).startsWith("{\"sessions\":[{").contains("\"denials\":[{\"seq\":2}]");
    }

    @Test
    void refusesWhatTheOperatorsScopesDoNotHoldAndTellsTheLab() {
        scopes = EnumSet.of(Scope.READ, Scope.SESSIONS);
        assertThat(run("sessions")).isZero();
        assertThat(run("clock")).isZero();
        assertThat(run("login", "resident", "10.76.10.11")).isZero();
        assertThat(run("clock", "--by", "1h")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(run("grant", "delegate", "world", "--for", "1h", "--reason", "x"))
                .isEqualTo(CommandInterpreter.USAGE);
        assertThat(err())
                .contains("operator may not: that needs the scope clock (held: read sessions)")
                .contains("needs the scope grants");
        assertThat(control.refused).containsExactly("operator clock clock", "operator grant grants");
        assertThat(control.movers).isEmpty();
        assertThat(operations.grants()).isEmpty();
        scopes = Set.of();
        assertThat(run("status")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(run("help", "status")).isZero();
    }

    @Test
    void makesATokenThatIsShownOnceAndEndsIt() {
        assertThat(run("token", "--scopes", "read,sessions", "--for", "1h", "--note", "a screen"))
                .isZero();
        assertThat(out().lines()).containsExactly("kwm_t1_secret");
        assertThat(err()).contains("token --revoke t1");
        out.reset();
        assertThat(run("tokens")).isZero();
        assertThat(out())
                .contains("t1", "operator", "read sessions", "a screen")
                .doesNotContain("secret");
        assertThat(run("token", "--scopes", "everything")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(run("token", "--revoke", "t1")).isZero();
        assertThat(run("token", "--revoke", "t1")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(tokens.tokens()).isEmpty();
    }

    @Test
    void tokensOfOthersNeedAnAdministrator() {
        assertThat(run("token", "--operator", "ann")).isZero();
        scopes = EnumSet.of(Scope.READ);
        assertThat(run("token", "--operator", "ann")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(run("token", "--revoke", "t1")).isEqualTo(CommandInterpreter.USAGE);
        assertThat(run("tokens", "--all")).isEqualTo(CommandInterpreter.USAGE);
        out.reset();
        assertThat(run("tokens")).isZero();
        assertThat(out()).doesNotContain("t1");
        assertThat(tokens.tokens()).hasSize(1);
    }

    private int run(String... arguments) {
        return interpreter()
                .run(new Invocation(
                        List.of(arguments),
                        "operator",
                        scopes,
                        Screen.PIPE,
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        print(out),
                        print(err)));
    }

    private CommandInterpreter interpreter() {
        return new CommandInterpreter(new ConsolePorts(
                operations,
                journal,
                control,
                tokens,
                LogBook.NONE,
                mail,
                () -> control.now,
                ZoneId.of("Asia/Pyongyang"),
                live,
                border));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
