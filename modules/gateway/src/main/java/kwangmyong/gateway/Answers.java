package kwangmyong.gateway;

import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import kwangmyong.gateway.http.BadMessage;
import kwangmyong.gateway.http.FieldName;
import kwangmyong.gateway.http.RequestHead;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.clearance.Lattice;
import org.jspecify.annotations.Nullable;

/** Makes the gateway's own answers: the block page and its kin, and errors. Pure; every text from outside is escaped. */
final class Answers {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String PROBLEM = "application/problem+json";
    private static final String LANGUAGES = "Content-Language: ko, en";
    private static final String NO_SCRIPT =
            "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    private static final String PLAIN = "X-Content-Type-Options: nosniff";
    private static final int SHOWN_TARGET = 300;

    private final GatewayConfig.Portal portal;
    private final Supplier<Lattice> lattice;
    private final InterceptionNotice notice;

    Answers(GatewayConfig.Portal portal, Supplier<Lattice> lattice, InterceptionNotice notice) {
        this.portal = portal;
        this.lattice = lattice;
        this.notice = notice;
    }

    // ---- denials

    /** The page for a denial, in the way that its presentation asks; a presentation that is not HTTP's shows as the block page. */
    Answer denied(RequestHead head, Access access, Decision decision) {
        if (decision.presentation() == Presentation.Http.NOT_FOUND) {
            return plain(404, "찾을 수 없습니다", "There is no such page", "", List.of());
        }
        if (decision.presentation() == Presentation.Http.LOG_IN_NEEDED) {
            return logInNeeded(head, access, decision);
        }
        if (decision.presentation() == Presentation.Http.REDIRECT && access.action() != Action.TUNNEL) {
            return Answer.empty(302, List.of("Location: " + portal.denials()));
        }
        boolean forbidden = decision.presentation() == Presentation.Http.FORBIDDEN
                || decision.presentation() == Presentation.Http.TLS_ALERT;
        return denial(forbidden ? 403 : 451, head, access, decision);
    }

    /** A log-in by proxy credentials that the rules do not allow. */
    Answer logInDenied(RequestHead head, Access access, Decision decision) {
        return denial(decision.reason() == Reason.TOO_MANY_ATTEMPTS ? 429 : 403, head, access, decision);
    }

    private Answer denial(int status, RequestHead head, Access access, Decision decision) {
        List<String> fields = new ArrayList<>();
        if (status == 451) {
            fields.add("Link: <" + portal.denials() + ">; rel=\"blocked-by\"");
        }
        fields.add(proxyStatus("http_request_denied", decision.reason().word()));
        if (Accept.prefersJson(head.fields())) {
            return new Answer(status, PROBLEM, problem(status, access, decision), fields, false);
        }
        String english = status == 451 ? "This is not open to you on this network" : "The gateway refuses this request";
        String korean = status == 451 ? "이 망에서는 열람할 수 없습니다" : "관문이 요청을 거절합니다";
        return html(status, "", korean, english, rows(access, decision) + denialsLine(), fields);
    }

    private String rows(Access access, Decision decision) {
        var rows = new StringBuilder("<dl>\n");
        rows.append(Html.row(
                "요청",
                "asked for",
                Html.code(shown(access.resource())) + " · " + Words.korean(access.action()) + ", "
                        + access.action().word()));
        rows.append(Html.row(
                "리유",
                "reason",
                Html.escape(Words.korean(decision.reason())) + "<br><span lang=\"en\">"
                        + Html.escape(decision.reason().explanation()) + "</span>"));
        rows.append(Html.row("규칙", "rule", Html.code(decision.rule())));
        if (decision.needed() != null) {
            rows.append(Html.row("필요한 권한", "needed", Html.code(lattice.get().show(decision.needed()))));
        }
        if (decision.held() != null) {
            rows.append(Html.row("가진 권한", "held", Html.code(lattice.get().show(decision.held()))));
        }
        String subject = access.who().subject();
        if (subject != null) {
            rows.append(Html.row("리용자", "subject", Html.code(subject)));
        }
        rows.append(Html.row("시각", "when", Html.code(time(access))));
        return rows.append("</dl>\n").toString();
    }

    private String problem(int status, Access access, Decision decision) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", Phrases.of(status));
        members.put("status", status);
        members.put("detail", decision.reason().explanation());
        members.put("action", access.action().word());
        members.put("resource", shown(access.resource()));
        members.put("rule", decision.rule());
        members.put("reason", decision.reason().word());
        members.put("needed", decision.needed() == null ? null : lattice.get().show(decision.needed()));
        members.put("held", decision.held() == null ? null : lattice.get().show(decision.held()));
        members.put("subject", access.who().subject());
        members.put("time", time(access));
        members.put("denials", portal.denials());
        if (!notice.rules().isEmpty()) {
            members.put("interception", String.join(" ", notice.rules()));
        }
        return Json.object(members);
    }

    private Answer logInNeeded(RequestHead head, Access access, Decision decision) {
        List<String> fields =
                List.of(proxyStatus("http_request_denied", decision.reason().word()));
        if (Accept.prefersJson(head.fields())) {
            return new Answer(511, PROBLEM, problem(511, access, decision), fields, false);
        }
        String url = Html.escape(portal.logIn().toString());
        String refresh = "<meta http-equiv=\"refresh\" content=\"2; url=" + url + "\">\n";
        String content =
                "<dl>\n" + Html.row("로그인", "log in at", Html.link(portal.logIn().toString()))
                        + Html.row("요청", "asked for", Html.code(shown(access.resource()))) + "</dl>\n";
        return html(511, refresh, "먼저 로그인하십시오", "Log in to use this network", content, fields);
    }

    private String denialsLine() {
        return "<p>자신의 거절 기록: " + Html.link(portal.denials().toString())
                + "<br><span lang=\"en\">Your own denials are listed there; a browser hides this page when it asked for https.</span></p>\n";
    }

    private static String time(Access access) {
        return DateTimeFormatter.ISO_INSTANT.format(access.when().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String shown(Resource resource) {
        String text = resource.toString();
        return text.length() <= SHOWN_TARGET ? text : text.substring(0, SHOWN_TARGET) + "…";
    }

    // ---- everything else

    Answer credentialsNeeded() {
        return plain(
                407,
                "이름과 비밀번호가 필요합니다",
                "A valid name and password are needed",
                "",
                List.of("Proxy-Authenticate: Basic realm=\"Kwangmyong Lab\", charset=\"UTF-8\""));
    }

    /** A request that is refused as it stands; the connection closes after it. */
    Answer bad(BadMessage bad) {
        Answer answer = plain(
                bad.status(),
                "요청을 리해할 수 없습니다",
                "The request is refused as it stands",
                "<p lang=\"en\">" + Html.escape(bad.why()) + ".</p>\n",
                List.of());
        return new Answer(answer.status(), answer.type(), answer.body(), answer.fields(), true);
    }

    Answer noSuchHost(Target.Remote target) {
        return failure(502, target, "dns_error", "그런 호스트가 없습니다", "There is no such host", "no such host");
    }

    Answer unreachable(Target.Remote target, Dialer.Failure failure) {
        return switch (failure) {
            case REFUSED ->
                failure(
                        502,
                        target,
                        "connection_refused",
                        "호스트가 접속을 거절합니다",
                        "The host refuses connections",
                        "connection refused");
            case TIMED_OUT ->
                failure(
                        504,
                        target,
                        "connection_timeout",
                        "호스트가 응답하지 않습니다",
                        "The host does not answer",
                        "connection timed out");
            case UNREACHABLE ->
                failure(
                        502,
                        target,
                        "destination_ip_unroutable",
                        "호스트에 닿을 수 없습니다",
                        "The host cannot be reached",
                        "unreachable");
            case UNTRUSTED ->
                failure(
                        502,
                        target,
                        "tls_certificate_error",
                        "호스트의 증명서를 믿을 수 없습니다",
                        "The host's certificate cannot be believed",
                        "its certificate is not one of the lab's authorities, or not for this name");
            case NO_TLS ->
                failure(
                        502,
                        target,
                        "tls_protocol_error",
                        "호스트와 암호 통신을 할 수 없습니다",
                        "The host does not speak TLS with the gateway",
                        "the TLS handshake failed");
        };
    }

    Answer badGateway(Target.Remote target, String why) {
        return failure(
                502, target, "http_protocol_error", "호스트의 응답을 쓸 수 없습니다", "The host's answer cannot be used", why);
    }

    Answer late() {
        return plain(
                504,
                "호스트가 제때에 응답하지 않습니다",
                "The host does not answer in time",
                "",
                List.of(proxyStatus("http_response_timeout", "no answer in time")));
    }

    Answer unavailable() {
        return plain(503, "관문이 바쁩니다", "The gateway has no room at the moment", "", List.of("Retry-After: 5"));
    }

    /** A TRACE or OPTIONS whose hops end here (RFC 9110 §7.6.2). */
    Answer lastHop(RequestHead head) {
        if (head.method().equals("TRACE")) {
            return plain(
                    405,
                    "TRACE에는 응답하지 않습니다",
                    "TRACE is not answered here",
                    "",
                    List.of("Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, CONNECT"));
        }
        return Answer.empty(204, List.of("Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, CONNECT"));
    }

    /**
     * The gateway was asked as if it were a site.
     *
     * @param secret whether over TLS
     */
    Answer self(RequestHead head, Target.Self self, boolean secret) {
        boolean reads = head.method().equals("GET") || head.method().equals("HEAD");
        String authority = head.fields().first(FieldName.HOST);
        if (reads && AutoConfig.isAskedFor(self.path()) && authority != null && !authority.isEmpty()) {
            return new Answer(200, AutoConfig.TYPE, AutoConfig.script(authority, secret), List.of(PLAIN), false);
        }
        if (self.path().equals("*")) {
            return head.method().equals("OPTIONS")
                    ? Answer.empty(204, List.of("Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, CONNECT"))
                    : bad(new BadMessage(400, "only OPTIONS may ask for *"));
        }
        String content = """
                <dl>
                %s%s%s</dl>
                <p>이 주소는 대리 관문입니다. 프로그람의 대리봉사기(proxy) 설정에 적으십시오.<br>
                <span lang="en">This address is a forward proxy: name it in a program's proxy settings, and ask it for whole URLs.</span></p>
                """.formatted(
                        Html.row("망 열람", "a page", Html.code("GET http://namsan.aca.kp/ HTTP/1.1")),
                        Html.row("암호 통로", "a tunnel", Html.code("CONNECT namsan.aca.kp:443 HTTP/1.1")),
                        Html.row("로그인", "portal", Html.link(portal.logIn().toString())));
        return html(400, "", "여기는 관문입니다", "This is the gateway, not a site", content, List.of());
    }

    private Answer failure(int status, Target.Remote target, String error, String korean, String english, String why) {
        String content = "<dl>\n" + Html.row("호스트", "host", Html.code(target.host() + ":" + target.port()))
                + Html.row("리유", "reason", Html.escape(why)) + "</dl>\n";
        return html(status, "", korean, english, content, List.of(proxyStatus(error, why)));
    }

    private Answer plain(int status, String korean, String english, String content, List<String> fields) {
        return html(status, "", korean, english, content, fields);
    }

    private Answer html(int status, String head, String korean, String english, String content, List<String> fields) {
        List<String> all = new ArrayList<>(fields);
        all.add(LANGUAGES);
        all.add(NO_SCRIPT);
        all.add(PLAIN);
        return new Answer(status, HTML, Html.page(status, head, korean, english, content + notice.html()), all, false);
    }

    /** Which intermediary failed, and how (RFC 9209). */
    private static String proxyStatus(String error, String details) {
        String quotable = details.replaceAll("[^ -~]|[\"\\\\]", "?");
        return "Proxy-Status: " + ForwardedHead.PSEUDONYM + "; error=" + error + "; details=\"" + quotable + "\"";
    }
}
