package kwangmyong.portal;

import java.util.concurrent.CompletionStage;
import kwangmyong.access.api.LogBook;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.session.Sessions;
import kwangmyong.kernel.session.Sessions.Authentication.Accepted;
import kwangmyong.kernel.session.Sessions.Authentication.Refused;
import kwangmyong.web.http.Parameters;
import kwangmyong.web.http.PercentCoding;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.page.FormGuard;
import org.jspecify.annotations.Nullable;

/** Logging in and out: the forms' way in, the session table's answer, and a redirection so that a reload sends nothing twice. */
final class SessionForms {
    /** Longer names and passwords belong to nobody, and are not hashed to find that out. */
    static final int MOST_CHARACTERS = 256;

    private final Sessions sessions;
    private final LogBook book;
    private final FormGuard forms;
    private final Pages pages;

    SessionForms(Sessions sessions, LogBook book, FormGuard forms, Pages pages) {
        this.sessions = sessions;
        this.book = book;
        this.forms = forms;
        this.pages = pages;
    }

    Reply show(Visit visit) {
        NextPage next = NextPage.parse(visit.request().query().first(NextPage.FIELD));
        return visit.session() == null ? pages.logIn(visit, "", next, null) : home(null, next);
    }

    CompletionStage<Reply> logIn(Visit visit) {
        Parameters form = guarded(visit);
        String name = form.firstOr("name", "").strip();
        String password = form.firstOr("password", "");
        NextPage next = NextPage.parse(form.first(NextPage.FIELD));
        if (name.isEmpty() || name.length() > MOST_CHARACTERS || password.length() > MOST_CHARACTERS) {
            return refused(visit, name, next, Reason.BAD_CREDENTIALS).now();
        }
        return sessions.logIn(visit.asker().terminal(), name, password).thenApply(outcome -> {
            if (outcome instanceof Refused no) {
                Decision decision = no.decision();
                return refused(visit, name, next, decision.reason());
            }
            if (outcome instanceof Accepted) {
                return home("logged-in", next);
            }
            throw new IllegalStateException("neither accepted nor refused: " + outcome);
        });
    }

    CompletionStage<Reply> logOut(Visit visit) {
        guarded(visit);
        String terminal = Addresses.text(visit.asker().terminal());
        return sessions.logOut(visit.asker().terminal())
                .thenApply(there -> there && book.lastAt(terminal).isPresent()
                        ? Reply.redirect(303, "/bill?news=logged-out").uncached()
                        : home("logged-out", null));
    }

    private Parameters guarded(Visit visit) {
        Parameters form = visit.request().form();
        if (!forms.accepts(visit.request(), form, visit.asker().terminal())) {
            throw new Refusal(403, "");
        }
        return form;
    }

    private Reply refused(Visit visit, String name, @Nullable NextPage next, Reason reason) {
        String shown = name.length() > MOST_CHARACTERS ? "" : name;
        int status = reason == Reason.TOO_MANY_ATTEMPTS ? 429 : 403;
        return pages.logIn(visit, shown, next, reason).withStatus(status);
    }

    private static Reply home(@Nullable String news, @Nullable NextPage next) {
        String query = (news == null ? "" : "&news=" + news)
                + (next == null ? "" : "&" + NextPage.FIELD + "=" + PercentCoding.encode(next.url()));
        return Reply.redirect(303, query.isEmpty() ? "/" : "/?" + query.substring(1))
                .uncached();
    }
}
