package kwangmyong.api;

import java.time.Instant;
import java.util.List;
import kwangmyong.access.api.AttachmentView;
import kwangmyong.access.api.DenialView;
import kwangmyong.access.api.ExplainRequest;
import kwangmyong.access.api.Explanation;
import kwangmyong.access.api.LabControl;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Operations;
import kwangmyong.access.api.PolicyDiff;
import kwangmyong.access.api.RuleView;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Watch;
import kwangmyong.api.Endpoint.Method;

/** What is decided, by which rules, and who looks as if they were trying to get round it. */
final class RuleEndpoints {
    private final Operations operations;
    private final LabControl control;

    RuleEndpoints(Operations operations, LabControl control) {
        this.operations = operations;
        this.control = control;
    }

    List<Endpoint> table() {
        return List.of(
                Endpoint.of(
                                Method.GET,
                                "/rules",
                                "rules",
                                Scope.READ,
                                "The rules in force, in order of writing; of many names the first.")
                        .as("rules")
                        .listing(RuleView.class, RuleView::id, call -> operations.rules()),
                Endpoint.of(Method.GET, "/rules/{id}", "rule", Scope.READ, "The rules of that id, with every name.")
                        .as("rules")
                        .listing(RuleView.class, RuleView::toString, call -> operations.rule(call.path("id"))),
                Endpoint.of(Method.GET, "/attachments", "attachments", Scope.READ, "Where terminals are plugged in.")
                        .as("attachments")
                        .listing(AttachmentView.class, AttachmentView::name, call -> operations.attachments()),
                Endpoint.of(Method.GET, "/explain", "explain", Scope.READ, "What every layer decides, and why.")
                        .as("explain")
                        .with(
                                Parameter.query("subject", new Shape.Text(200), "A subject's name, or nobody.")
                                        .needed(),
                                Parameter.query(
                                                "target",
                                                new Shape.Text(4_000),
                                                "A name, a URL, an address, NAME:PORT or a mailbox.")
                                        .needed(),
                                Parameter.query(
                                        "terminal",
                                        new Shape.Text(200),
                                        "A lab address, or an attachment's name; where the subject is when not said."),
                                Parameter.query("at", Shape.Written.MOMENT, "By the lab's clock; now when not said."))
                        .giving(Explanation.class, this::explain),
                Endpoint.of(
                                Method.GET,
                                "/rules-comparison",
                                "compare",
                                Scope.READ,
                                "Whose decisions would change from the rules loaded last to those of another configuration. Puts nothing in force.")
                        .as("compare")
                        .with(
                                Parameter.query(
                                        "lab",
                                        new Shape.Text(200),
                                        "A lab under lab-configs, by its name; the lab's own configuration as it is written now when not said."),
                                Parameter.query(
                                        "verdicts",
                                        new Shape.Flag(),
                                        "Only what is allowed and was denied, or the other way round."))
                        .giving(PolicyDiff.class, this::compare),
                Endpoint.of(
                                Method.GET,
                                "/denials",
                                "denials",
                                Scope.READ,
                                "The latest denials of a subject, or at a terminal, newest first.")
                        .as("denials")
                        .with(
                                Parameter.query("subject", new Shape.Text(200), "A subject's name."),
                                Parameter.query("terminal", new Shape.Text(200), "A lab address."))
                        .listing(DenialView.class, DenialView::toString, this::denials),
                Endpoint.of(
                                Method.GET,
                                "/watch",
                                "watch",
                                Scope.READ,
                                "Who looks as if they were trying to get round what is allowed, and why.")
                        .as("watch")
                        .listing(
                                Watch.class,
                                watch -> watch.subject() + " " + watch.terminal(),
                                call -> operations.watch()));
    }

    private Explanation explain(Call call) {
        return operations.explain(new ExplainRequest(
                String.valueOf(call.query("subject", String.class)),
                String.valueOf(call.query("target", String.class)),
                call.query("terminal", String.class),
                call.query("at", Instant.class)));
    }

    private PolicyDiff compare(Call call) {
        PolicyDiff found = control.compare(call.query("lab", String.class));
        return Boolean.TRUE.equals(call.query("verdicts", Boolean.class)) ? found.ofVerdicts() : found;
    }

    private List<DenialView> denials(Call call) {
        String subject = call.query("subject", String.class);
        String terminal = call.query("terminal", String.class);
        if (subject != null && terminal == null) {
            return operations.denialsOf(subject);
        } else if (terminal != null && subject == null) {
            return operations.denialsAt(terminal);
        }
        throw new OperationException("one of subject and terminal is needed");
    }
}
