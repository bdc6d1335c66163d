import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kwangmyong.border.BorderConfig;
import kwangmyong.border.BorderService;
import kwangmyong.border.FlowLimits;
import kwangmyong.border.Junction;
import kwangmyong.border.api.Capture;
import kwangmyong.border.api.Condition;
import kwangmyong.border.api.Quantities;
import kwangmyong.border.link.LabNamespace;
import kwangmyong.border.link.Links;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Sessions;

/** The border alone, which allows every flow; told what to do by lines on its standard input. */
public class BorderStand {
    static final class Everything implements AccessPolicy, Sessions, Journal {
        @Override
        public Decision decide(Access access) {
            return new Decision(
                    Verdict.ALLOW, "all", Reason.RULE, null, null, Presentation.AsAsked.AS_ASKED, "0000000000000000");
        }

        @Override
        public Subscription onChange(Runnable listener) {
            return () -> {};
        }

        @Override
        public Identity at(InetAddress terminal) {
            return new Identity(terminal, null, null);
        }

        @Override
        public boolean stands(Identity identity) {
            return true;
        }

        @Override
        public CompletionStage<Authentication> authenticate(InetAddress at, String name, String password, Layer layer) {
            return logIn(at, name, password);
        }

        @Override
        public CompletionStage<Authentication> logIn(InetAddress terminal, String name, String password) {
            return CompletableFuture.completedFuture(new Authentication.Refused(new Decision(
                    Verdict.DENY, "none", Reason.BAD_CREDENTIALS, null, null, Presentation.Http.FORBIDDEN, "0000000000000000")));
        }

        @Override
        public CompletionStage<Boolean> logOut(InetAddress terminal) {
            return CompletableFuture.completedFuture(false);
        }

        @Override
        public void record(Event event) {}

        @Override
        public CompletionStage<Void> force(Event event) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Arguments: the border's namespace, then for each far end its namespace and link. */
    public static void main(String[] arguments) throws Exception {
        List<Links.End> far = new java.util.ArrayList<>();
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            far.add(new Links.End(new LabNamespace(Path.of(arguments[i])), arguments[i + 1]));
        }
        var everything = new Everything();
        var config = new BorderConfig(
                Set.of(), Condition.CLEAR, Map.of(), 1, FlowLimits.DEFAULT, BorderConfig.DEFAULT_MEMORY);
        var border = new BorderService(
                config,
                new Junction(new LabNamespace(Path.of(arguments[0])), "in", "out", far),
                everything,
                everything,
                everything,
                Instant::now);
        border.start();
        System.out.println("ready");
        Capture capture = null;
        Scanner told = new Scanner(System.in);
        while (told.hasNextLine()) {
            String[] words = told.nextLine().split(" ");
            switch (words[0]) {
                case "condition" ->
                    border.condition(new Condition(
                            Quantities.time(words[1]),
                            Quantities.time(words[2]),
                            Quantities.share(words[3]),
                            words[4].equals("-") ? 0 : Quantities.rate(words[4])));
                case "capture" -> capture = border.capture(Path.of(words[1]), 1L << 30);
                case "close" -> {
                    capture.close();
                    System.out.println(capture.packets() + " captured, " + capture.missed() + " missed");
                }
                case "memory" -> {
                    System.gc();
                    Runtime runtime = Runtime.getRuntime();
                    System.out.println(runtime.totalMemory() - runtime.freeMemory());
                }
                case "reset" -> border.reset(1);
                default -> System.out.println(border.view());
            }
            System.out.println("done");
        }
        border.stop();
    }
}
