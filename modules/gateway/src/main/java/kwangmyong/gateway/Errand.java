package kwangmyong.gateway;

import kwangmyong.gateway.content.ContentWatch;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.Framing;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Sessions.Authentication;
import org.jspecify.annotations.Nullable;

/** One request as a matter of who asks for what: finds both out, has them ruled on, journals, sets it going, and looks again when rules change. */
final class Errand {
    private final Turn client;
    private final Gateway gateway;
    private final LoopDesk desk;
    private final RequestHead head;
    private final Framing framing;
    private final long arrived = System.nanoTime();
    private final Metering metering;
    private @Nullable Identity who;
    private Target.@Nullable Remote target;
    private Ruling.@Nullable Reach permitted;
    private Ruling.@Nullable Reach tunnelled;
    private @Nullable Opening opening;

    Errand(Turn client, Gateway gateway, LoopDesk desk, RequestHead head, Framing framing) {
        this.client = client;
        this.gateway = gateway;
        this.desk = desk;
        this.head = head;
        this.framing = framing;
        this.metering = new Metering(gateway);
    }

    /**
     * Sets out; the client hears the outcome now or later, on its own loop.
     *
     * @throws BadMessage for a target or credentials that are refused as they stand
     */
    void begin() throws BadMessage {
        Inside inside = gateway.inside();
        Target asked = inside == null ? Target.of(head) : Target.within(head);
        if (asked instanceof Target.Tunnel && !(framing instanceof Framing.None)) {
            throw new BadMessage(400, "CONNECT has no body");
        }
        if (asked instanceof Target.Self self) {
            Answer own = gateway.answers().self(head, self, Wire.isSecret(client.channel()));
            if (own.status() >= 400) {
                gateway.refusals().record(client.terminal(), new BadMessage(own.status(), "a path without a host"));
            }
            client.answer(own);
            return;
        }
        if (MaxForwards.concerns(head) && MaxForwards.of(head) == 0) {
            client.answer(gateway.answers().lastHop(head));
            return;
        }
        if (head.expectsTheUnknown()) {
            throw new BadMessage(417, "only 100-continue can be expected here");
        }
        Target.Remote remote = (Target.Remote) asked;
        if (inside != null) { // whatever credentials are among its fields are not meant for a proxy
            proceed(inside.who().get(), remote);
            return;
        }
        int credentials = head.fields().count(FieldName.PROXY_AUTHORIZATION);
        if (credentials > 1) {
            throw new BadMessage(400, "there is more than one Proxy-Authorization");
        }
        if (credentials == 0) {
            proceed(gateway.sessions().at(client.terminal()), remote);
        } else if (gateway.plan().isLoopback() || Wire.isSecret(client.channel())) {
            authenticate(remote);
        } else { // RFC 7617 §4: Basic in the clear is a password for everyone on the way
            throw new BadMessage(400, "a name and password are taken over TLS alone");
        }
    }

    private void authenticate(Target.Remote remote) {
        String value = head.fields().first(FieldName.PROXY_AUTHORIZATION);
        Credentials credentials = value == null ? null : Credentials.parse(value);
        if (credentials == null) {
            client.answer(gateway.answers().credentialsNeeded());
            return;
        }
        var unused = gateway.sessions()
                .authenticate(client.terminal(), credentials.name(), credentials.password(), Layer.GATEWAY)
                .whenComplete((outcome, failure) -> onLoop(() -> authenticated(remote, outcome)));
    }

    private void onLoop(Runnable step) {
        if (client.channel().eventLoop().inEventLoop()) {
            step.run();
        } else {
            client.channel().eventLoop().execute(step);
        }
    }

    private void authenticated(Target.Remote remote, @Nullable Authentication outcome) {
        if (!client.isOn(this)) {
            return;
        }
        if (outcome instanceof Authentication.Accepted accepted) {
            proceed(accepted.identity(), remote);
        } else if (outcome instanceof Authentication.Refused refused) {
            client.answer(
                    refused.decision().reason() == Reason.BAD_CREDENTIALS
                            ? gateway.answers().credentialsNeeded()
                            : logInDenied(refused.decision()));
        } else {
            client.answer(gateway.answers().unavailable());
        }
    }

    private Answer logInDenied(Decision decision) {
        Access access = new Access(
                gateway.sessions().at(client.terminal()),
                Layer.GATEWAY,
                Action.LOG_IN,
                new Resource.ServiceName("gateway"),
                gateway.clock().now());
        return gateway.answers().logInDenied(head, access, decision);
    }

    private void proceed(Identity identity, Target.Remote remote) {
        who = identity;
        target = remote;
        Checks.Finding host = hostFinding(remote);
        String read = client.client().requests().remark();
        Ruling ruling =
                agreeing(gateway.engine().rule(identity, remote, gateway.clock().now(), desk.ways()), host);
        ruling = metering.asked(ruling, remote);
        journal(ruling.access(), ruling.decision(), read == null && host != null ? host.what() : read);
        if (ruling instanceof Ruling.Refuse refused) {
            present(refused.access(), refused.decision());
        } else if (ruling instanceof Ruling.Reach reach) {
            passed(0); // the minute counts, whatever comes of it
            if (reach.addresses().isEmpty()) {
                client.answer(gateway.answers().noSuchHost(remote));
            } else if (remote instanceof Target.Page fetched) {
                fetch(fetched, reach);
            } else {
                tunnelled = reach;
                tunnel(remote, reach);
            }
        }
    }

    private Checks.@Nullable Finding hostFinding(Target.Remote remote) {
        Checks checks = gateway.config().checks();
        Inside inside = gateway.inside();
        Checks.Finding inner = inside == null ? null : checks.ofInner(inside, remote);
        return inner != null ? inner : checks.ofHost(head.fields(), remote.host());
    }

    private void fetch(Target.Page page, Ruling.Reach reach) {
        ContentWatch watch = ContentWatch.of(
                gateway.config().content(), reach.access().who().subject(), page.host(), head.method(), page.path());
        ContentWatch.Finding finding = watch == null ? null : watch.ofTarget(page.path());
        permitted = reach;
        if (finding != null) {
            deny(finding);
        } else {
            client.serve(new Exchange(client, gateway, desk.hosts(), head, page, framing, reach, watch));
        }
    }

    /** What is permitted as a page is denied for what it holds. */
    void deny(ContentWatch.Finding finding) {
        Ruling.Reach reach = permitted;
        if (reach == null) {
            return;
        }
        target = null;
        Decision decision = denied(finding, reach.decision());
        journal(reach.access(), decision, finding.what());
        client.cut(decision.presentation(), new Denial(page(reach.access(), decision), false));
    }

    /** What a content rule makes of a permission. */
    static Decision denied(ContentWatch.Finding finding, Decision allowed) {
        return new Decision(
                Verdict.DENY,
                finding.rule().id(),
                Reason.CONTENT,
                allowed.needed(),
                allowed.held(),
                finding.rule().denial(),
                allowed.policy());
    }

    /**
     * Where Host disagrees with the target, or with the opened tunnel, and the lab minds, what was permitted is denied. Within a tunnel so is what
     * was denied anyhow: whoever hides behind another host is told apart from who asks openly.
     */
    private Ruling agreeing(Ruling ruling, Checks.@Nullable Finding host) {
        boolean minds = host != null && host.answer() == Checks.Answer.DENY;
        if (minds && gateway.inside() != null) {
            return new Ruling.Refuse(ruling.access(), GatewayEngine.refusal(ruling.decision(), Reason.HOST_MISMATCH));
        }
        return minds && ruling instanceof Ruling.Reach reach
                ? new Ruling.Refuse(reach.access(), GatewayEngine.refusal(reach.decision(), Reason.HOST_MISMATCH))
                : ruling;
    }

    private void tunnel(Target.Remote remote, Ruling.Reach reach) {
        Opening begun = new Opening(this, client, gateway, desk, remote, reach);
        opening = begun;
        begun.begin(desk.hosts().dialer());
    }

    /** Nothing more is decided about it. */
    void settle() {
        target = null;
    }

    /** Decides again for whoever is there now, and cuts what no longer stands. */
    void redecide() {
        Identity before = who;
        Target.Remote open = target;
        if (before == null || open == null) {
            return;
        }
        Identity now = identityNow(before);
        Ruling ruling = metering.goingOn(
                gateway.engine().rule(now, open, gateway.clock().now(), desk.ways()), open);
        Decision decision = ruling.decision();
        if (ruling instanceof Ruling.Reach) {
            if (opening != null && opening.isOutdatedBy(decision)) {
                target = null;
                journal(ruling.access(), decision, "an open connection was cut: its TLS is no longer to be opened");
                opening.end();
                return;
            }
            boolean portal = decision.reason() == Reason.CAPTIVE
                    || open.host().equals(gateway.config().portal().host());
            if (before.session() == null && now.session() != null) {
                belongTo(now);
                return;
            } else if (portal || before.session() == null || gateway.sessions().stands(before)) {
                return;
            }
            decision = ended(decision);
        }
        target = null;
        Access access = new Access(
                before,
                ruling.access().layer(),
                ruling.access().action(),
                ruling.access().resource(),
                ruling.access().when());
        journal(access, decision, "an open connection was cut");
        client.cut(decision.presentation(), denial(access, decision));
    }

    /** A tunnel has ended. */
    void weighed(Weight weight) {
        Ruling.Reach reach = tunnelled;
        if (reach != null) {
            weight.tell(reach.access(), gateway.journal(), gateway.clock());
        }
    }

    /** Octets of it have passed, one way or the other. */
    void passed(int octets) {
        if (metering.passed(octets)) {
            client.channel().eventLoop().execute(() -> {
                if (client.isOn(this)) {
                    redecide();
                }
            });
        }
    }

    /** What nobody began is from now on of whoever logged in at the terminal, perhaps by way of it; it ends with their session. */
    private void belongTo(Identity present) {
        who = present;
        if (opening != null) {
            opening.belongTo(present);
        }
    }

    /** Whose this is at the moment. */
    Identity whoIsThere() {
        Identity before = who;
        return before == null ? gateway.sessions().at(client.terminal()) : identityNow(before);
    }

    private Identity identityNow(Identity before) {
        Session session = before.session();
        boolean personal = session != null && session.origin() == Session.Origin.CREDENTIALS;
        return personal && gateway.sessions().stands(before)
                ? before
                : gateway.sessions().at(client.terminal());
    }

    /** Somebody else could have it, but it was begun by one who is no longer there. */
    private static Decision ended(Decision allowed) {
        return new Decision(
                Verdict.DENY,
                allowed.rule(),
                Reason.SESSION_ENDED,
                allowed.needed(),
                null,
                Presentation.Http.FORBIDDEN,
                allowed.policy());
    }

    private void present(Access access, Decision decision) {
        denial(access, decision).present(decision.presentation(), client);
    }

    private Denial denial(Access access, Decision decision) {
        return new Denial(page(access, decision), access.action() == Action.TUNNEL);
    }

    private Answer page(Access access, Decision decision) {
        return gateway.answers().denied(head, access, decision);
    }

    void journal(Access access, Decision decision, @Nullable String detail) {
        int micros = (int) Math.min(Integer.MAX_VALUE, (System.nanoTime() - arrived) / 1_000);
        gateway.journal().record(Event.of(access, decision, detail, micros));
    }
}
