package kwangmyong.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import kwangmyong.access.api.LabControl.Part;
import kwangmyong.access.api.LabControl.Reloaded;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Status;
import kwangmyong.api.Endpoint.Method;
import kwangmyong.border.api.Border;
import kwangmyong.border.api.BorderView;
import kwangmyong.border.api.Condition;
import kwangmyong.border.api.Quantities;

/** The lab as a whole: its state, its clock, its rules read again, its border. */
final class LabEndpoints {
    private final ApiPorts ports;
    private final ZoneId zone;

    LabEndpoints(ApiPorts ports) {
        this.ports = ports;
        this.zone = ports.zone();
    }

    List<Endpoint> table() {
        return List.of(
                Endpoint.of(Method.GET, "/status", "status", Scope.READ, "What runs where, and under which rules.")
                        .as("status")
                        .giving(Answers.LabStatus.class, this::status),
                Endpoint.of(Method.GET, "/clock", "clock", Scope.READ, "The lab's time.")
                        .as("clock")
                        .giving(Answers.Time.class, call -> time()),
                Endpoint.of(
                                Method.PUT,
                                "/clock",
                                "moveClock",
                                Scope.CLOCK,
                                "Move the lab's clock forward: to a time, or by one.")
                        .as("clock")
                        .reading(Bodies.Clock.class)
                        .giving(Answers.Time.class, this::move),
                Endpoint.of(Method.POST, "/reload", "reload", Scope.RULES, "Read the configuration again.")
                        .as("reload")
                        .giving(Reloaded.class, this::reload),
                Endpoint.of(
                                Method.GET,
                                "/border",
                                "border",
                                Scope.READ,
                                "What passed the border, and what was dropped.")
                        .as("border")
                        .giving(BorderView.class, call -> border().view()),
                Endpoint.of(
                                Method.PUT,
                                "/border/conditions/{name}",
                                "setCondition",
                                Scope.NETWORK,
                                "Hold packets up: of the link, or on top of it of one attachment. What is not said is not done.")
                        .as("border")
                        .reading(Bodies.Condition.class)
                        .giving(BorderView.class, this::condition),
                Endpoint.of(
                                Method.DELETE,
                                "/border/conditions/{name}",
                                "clearCondition",
                                Scope.NETWORK,
                                "Hold nothing up any more: of the link, or of one attachment.")
                        .as("border")
                        .giving(BorderView.class, call -> set(call.path("name"), Condition.CLEAR)),
                Endpoint.of(
                                Method.POST,
                                "/border/reset",
                                "resetBorder",
                                Scope.NETWORK,
                                "Forget flows, packets that are held up, and counts.")
                        .as("border")
                        .reading(Bodies.Seed.class)
                        .giving(BorderView.class, this::reset));
    }

    private Answers.LabStatus status(Call call) {
        Status status = ports.operations().status();
        List<Part> parts = ports.control().parts();
        return new Answers.LabStatus(status, parts);
    }

    private Answers.Time time() {
        return new Answers.Time(ports.clock()
                .now()
                .atZone(zone)
                .truncatedTo(ChronoUnit.SECONDS)
                .toOffsetDateTime()
                .toString());
    }

    private Answers.Time move(Call call) {
        Bodies.Clock body = call.body(Bodies.Clock.class);
        Instant to = body.to();
        Duration by = body.by();
        if ((to == null) == (by == null)) {
            throw new OperationException("one of to and by is needed");
        }
        Instant now = ports.clock().now();
        Instant target = to != null ? to : now.plus(by == null ? Duration.ZERO : by);
        if (target.isBefore(now)) {
            throw new OperationException("the lab's clock goes forward only: it is " + time().now());
        }
        ports.control().moveClock(target, call.operator());
        return time();
    }

    private Reloaded reload(Call call) {
        Reloaded reloaded = ports.control().reload(call.operator());
        if (!reloaded.isDone()) {
            throw new OperationException(String.join("\n", reloaded.lines()));
        }
        return reloaded;
    }

    private Border border() {
        Border border = ports.border();
        if (border == null) {
            throw OperationException.missing(
                    "there is no border: it is there in isolated mode, where the lab has a world");
        }
        return border;
    }

    private BorderView condition(Call call) {
        Bodies.Condition body = call.body(Bodies.Condition.class);
        String delay = body.delay();
        String jitter = body.jitter();
        String loss = body.loss();
        String rate = body.rate();
        return set(
                call.path("name"),
                new Condition(
                        delay == null ? Duration.ZERO : Quantities.time(delay),
                        jitter == null ? Duration.ZERO : Quantities.time(jitter),
                        loss == null ? 0 : Quantities.share(loss),
                        rate == null ? 0 : Quantities.rate(rate)));
    }

    private BorderView set(String name, Condition condition) {
        Border border = border();
        if (name.equals(BorderView.LINK)) {
            border.condition(condition);
        } else {
            border.condition(name, condition);
        }
        return border.view();
    }

    private BorderView reset(Call call) {
        border().reset(call.body(Bodies.Seed.class).seed());
        return border().view();
    }
}
