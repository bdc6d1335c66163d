package kwangmyong.console.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Tokens;

/** Tokens that say their number. */
public final class ScriptedTokens implements Tokens {
    private final List<TokenView> tokens = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<Issued> issue(Request request) {
        var view = new TokenView(
                "t" + (tokens.size() + 1),
                request.operator(),
                request.scopes().stream().sorted().map(Scope::word).toList(),
                ScriptedOperations.NOW,
                ScriptedOperations.NOW.plus(request.lasting()),
                request.note(),
                null);
        tokens.add(view);
        return CompletableFuture.completedFuture(new Issued("kwm_" + view.id() + "_secret", view));
    }

    @Override
    public CompletionStage<TokenView> revoke(String id, String by) {
        for (TokenView token : List.copyOf(tokens)) {
            if (token.id().equals(id) && tokens.remove(token)) {
                return CompletableFuture.completedFuture(token);
            }
        }
        return CompletableFuture.failedFuture(OperationException.missing("there is no token '" + id + "'"));
    }

    @Override
    public List<TokenView> tokens() {
        return List.copyOf(tokens);
    }

    @Override
    public Optional<Bearer> bearer(String text) {
        return Optional.empty();
    }
}
