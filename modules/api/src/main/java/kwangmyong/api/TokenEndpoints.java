package kwangmyong.api;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kwangmyong.access.api.LabControl;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Tokens;
import kwangmyong.access.api.Tokens.Issued;
import kwangmyong.access.api.Tokens.TokenView;
import kwangmyong.api.Endpoint.Made;
import kwangmyong.api.Endpoint.Method;
import org.jspecify.annotations.Nullable;

/** Tokens, one's own; those of others for whoever holds the scope admin. */
final class TokenEndpoints {
    /** The one endpoint that takes an operator's name and password (RFC 7617) in place of a token. */
    static final String PATH = "/tokens";

    private final Tokens tokens;
    private final LabControl control;

    TokenEndpoints(Tokens tokens, LabControl control) {
        this.tokens = tokens;
        this.control = control;
    }

    List<Endpoint> table() {
        return List.of(
                Endpoint.of(
                                Method.GET,
                                PATH,
                                "tokens",
                                Scope.READ,
                                "The tokens that hold: your own, or with all=true everybody's.")
                        .as("tokens")
                        .with(Parameter.query("all", new Shape.Flag(), "Everybody's, which needs the scope admin."))
                        .listing(TokenView.class, TokenView::id, this::list),
                Endpoint.of(
                                Method.POST,
                                PATH,
                                "makeToken",
                                Scope.READ,
                                "Make a token; its text is shown this once. An operator's name and password are taken here too (Basic).")
                        .as("token")
                        .reading(Bodies.Token.class)
                        .giving(201, Issued.class, this::make),
                Endpoint.of(Method.GET, PATH + "/{id}", "oneToken", Scope.READ, "One token.")
                        .giving(TokenView.class, call -> own(call, call.path("id"))),
                Endpoint.of(Method.DELETE, PATH + "/{id}", "endToken", Scope.READ, "End a token at once.")
                        .as("token")
                        .giving(TokenView.class, this::end));
    }

    private List<TokenView> list(Call call) {
        boolean all = Boolean.TRUE.equals(call.query("all", Boolean.class));
        if (all) {
            requireAdmin(call, null);
        }
        return tokens.tokens().stream()
                .filter(token -> all || token.operator().equals(call.operator()))
                .toList();
    }

    private Object make(Call call) throws Exception {
        Bodies.Token body = call.body(Bodies.Token.class);
        String operator = body.operator();
        String whom = operator == null ? call.operator() : operator;
        requireAdmin(call, whom);
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        body.scopes().forEach(word -> scopes.add(Scope.of(word)));
        for (Scope scope : scopes) { // a token does not make one that may do more
            if (!Scope.allows(call.bearer().scopes(), scope)) {
                throw refused(call, scope);
            }
        }
        String note = body.note();
        Issued issued = Call.await(tokens.issue(
                new Tokens.Request(whom, scopes, body.lasting(), note == null ? "" : note, call.operator())));
        return new Made(issued, PATH + "/" + Paths.segment(issued.about().id()));
    }

    private Object end(Call call) throws Exception {
        TokenView token = own(call, call.path("id"));
        return Call.await(tokens.revoke(token.id(), call.operator()));
    }

    /** Others' are not there for who is no administrator. */
    private TokenView own(Call call, String id) {
        return tokens.tokens().stream()
                .filter(token -> token.id().equals(id))
                .filter(token -> token.operator().equals(call.operator())
                        || call.bearer().scopes().contains(Scope.ADMIN))
                .findFirst()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "there is no token '" + id + "' of yours"));
    }

    private void requireAdmin(Call call, @Nullable String whose) {
        if (!call.operator().equals(whose) && !call.bearer().scopes().contains(Scope.ADMIN)) {
            throw refused(call, Scope.ADMIN);
        }
    }

    private Problem refused(Call call, Scope needed) {
        control.outOfScope(call.operator(), call.request().method() + " " + Api.BASE + PATH, needed);
        return Problem.outOfScope(call.bearer(), needed);
    }
}
