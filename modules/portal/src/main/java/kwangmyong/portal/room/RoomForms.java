package kwangmyong.portal.room;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Scope;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.web.http.Parameters;
import kwangmyong.web.http.PercentCoding;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import kwangmyong.web.page.FormGuard;
import org.jspecify.annotations.Nullable;

/** What a supervisor does: log in and out, end a session, make one longer. Each form is one of this server's pages', and each change is journaled. */
final class RoomForms {
    /** Longer names and passwords belong to nobody, and are not hashed to find that out. */
    static final int MOST_CHARACTERS = 256;

    private static final int MOST_MINUTES = 24 * 60;

    private final RoomPorts ports;
    private final FormGuard forms;
    private final Supervisors supervisors;
    private final RoomPages pages;

    RoomForms(RoomPorts ports, FormGuard forms, Supervisors supervisors, RoomPages pages) {
        this.ports = ports;
        this.forms = forms;
        this.supervisors = supervisors;
        this.pages = pages;
    }

    /** @param fault the key of what was wrong; null when nothing was */
    Reply form(Request request, InetAddress terminal, @Nullable String fault, int status) {
        Words words = pages.words(request);
        FormGuard.Ticket ticket = forms.ticket(request, terminal);
        String sentence = fault == null ? null : words.texts().get(fault);
        return ticket.on(pages.logIn(request, words, ticket.token(), sentence)).withStatus(status);
    }

    CompletionStage<Reply> logIn(Request request, InetAddress terminal) {
        Parameters form = guarded(request, terminal);
        String name = form.firstOr("name", "").strip();
        String password = form.firstOr("password", "");
        if (name.isEmpty() || name.length() > MOST_CHARACTERS || password.length() > MOST_CHARACTERS) {
            return form(request, terminal, "login.refused", 403).now();
        }
        String from = Addresses.text(terminal);
        return ports.door().opens(name, password, from).thenCompose(holds -> {
            if (!holds) {
                ports.journal().record(event("log-in-refused", name, "no such operator and password, from " + from));
                return form(request, terminal, "login.refused", 403).now();
            }
            return ports.journal()
                    .force(event("log-in", name, "operator " + name + " by password from " + from))
                    .thenApply(done -> supervisors.begin(request, name, terminal, room("")));
        });
    }

    Reply logOut(Request request, InetAddress terminal) {
        guarded(request, terminal);
        return supervisors.end(request, Reply.redirect(303, RoomPages.LOG_IN).uncached());
    }

    CompletionStage<Reply> end(Request request, InetAddress terminal, String operator) {
        Parameters form = permitted(request, terminal, operator);
        return told(ports.presence().end(session(form), operator).thenApply(ended -> room("?news=ended")));
    }

    CompletionStage<Reply> extend(Request request, InetAddress terminal, String operator) {
        Parameters form = permitted(request, terminal, operator);
        Duration longer = Duration.ofMinutes(minutes(form.firstOr("minutes", "")));
        return told(ports.presence()
                .extend(session(form), longer, operator)
                .thenApply(extended -> Reply.redirect(
                                303,
                                "/room/guest?terminal=" + PercentCoding.encode(extended.terminal()) + "&news=extended")
                        .uncached()));
    }

    /** The whole id: a form of ours never has less of it. */
    private static String session(Parameters form) {
        String session = form.firstOr("session", "");
        if (session.length() < 8) {
            throw new Refusal(400, "The form names no session.");
        }
        return session;
    }

    private static long minutes(String text) {
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_MINUTES) {
            throw new Refusal(400, "The minutes are not between 1 and " + MOST_MINUTES + ".");
        }
        return Integer.parseInt(text);
    }

    /** Who has left meanwhile is gone, which is no fault of whoever pressed the button. */
    private static CompletionStage<Reply> told(CompletionStage<Reply> change) {
        return change.exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return cause instanceof OperationException
                    ? room("?news=gone").now()
                    : CompletableFuture.failedFuture(failure);
        });
    }

    private static Reply room(String query) {
        return Reply.redirect(303, RoomPages.ROOM + query).uncached();
    }

    private Parameters permitted(Request request, InetAddress terminal, String operator) {
        Parameters form = guarded(request, terminal);
        if (!ports.may(operator, Scope.SESSIONS)) {
            throw new Refusal(403, "This operator may not end or extend sessions.");
        }
        return form;
    }

    private Parameters guarded(Request request, InetAddress terminal) {
        Parameters form = request.form();
        if (!forms.accepts(request, form, terminal)) {
            throw new Refusal(403, "");
        }
        return form;
    }

    /** Operators are no subjects: the line has none. */
    private Event event(String action, String name, String detail) {
        return new Event(ports.clock().now(), Layer.PORTAL, null, action, name, null, detail, 0);
    }
}
