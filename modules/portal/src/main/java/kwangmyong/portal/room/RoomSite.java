package kwangmyong.portal.room;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import kwangmyong.access.api.Bill;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Visited;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.journal.Event;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import kwangmyong.web.page.FormGuard;
import org.jspecify.annotations.Nullable;

/** The supervisor's pages. Whoever has not logged in as an operator sees the log-in form and nothing else. */
public final class RoomSite {
    /** Hosts shown of one guest, and sessions of one day. */
    static final int MOST_SHOWN = 200;

    static final int MOST_A_DAY = 5_000;

    private final RoomPorts ports;
    private final ZoneId zone;
    private final FormGuard forms = new FormGuard();
    private final Supervisors supervisors = new Supervisors(System::nanoTime);
    private final RoomPages pages;
    private final RoomForms actions;

    /**
     * The pages of one lab.
     *
     * @param title of the lab, in the masthead
     * @param zone in which people are told the time, and in which days begin
     */
    public RoomSite(RoomPorts ports, String title, ZoneId zone) {
        this.ports = ports;
        this.zone = zone;
        this.pages = new RoomPages(title, zone);
        this.actions = new RoomForms(ports, forms, supervisors, pages);
    }

    /** Whether a path is one of these pages, or would be. */
    public static boolean has(String path) {
        return path.equals(RoomPages.ROOM) || path.startsWith(RoomPages.ROOM + "/");
    }

    /**
     * The page or the form's outcome.
     *
     * @param terminal that asks
     */
    public CompletionStage<Reply> answer(Request request, InetAddress terminal) {
        String key = (request.method().equals("HEAD") ? "GET" : request.method()) + " " + request.path();
        if (key.equals("POST /room/login")) {
            return actions.logIn(request, terminal);
        } else if (key.equals("GET /room/login")) {
            return actions.form(request, terminal, null, 200).now();
        }
        String operator = supervisors.operator(request, terminal);
        if (operator == null) {
            return isKnown(request.path())
                    ? Reply.redirect(303, RoomPages.LOG_IN).uncached().now()
                    : unknown(request);
        }
        if (!ports.may(operator, Scope.READ)) {
            throw new Refusal(403, "This operator may not look at who is where.");
        }
        return switch (key) {
            case "GET /room" -> room(request, terminal, operator).now();
            case "GET /room/guest" -> guest(request, terminal, operator);
            case "GET /room/book" -> book(request);
            case "GET /room/book.csv" -> csv(request);
            case "GET /room/bill" -> bill(request);
            case "POST /room/end" -> actions.end(request, terminal, operator);
            case "POST /room/extend" -> actions.extend(request, terminal, operator);
            case "POST /room/logout" -> actions.logOut(request, terminal).now();
            default -> unknown(request);
        };
    }

    private static boolean isKnown(String path) {
        return switch (path) {
            case "/room", "/room/guest", "/room/book", "/room/book.csv", "/room/bill", "/room/end", "/room/extend" ->
                true;
            default -> path.equals("/room/logout");
        };
    }

    private static CompletionStage<Reply> unknown(Request request) {
        String allowed = switch (request.path()) {
            case "/room", "/room/guest", "/room/book", "/room/book.csv", "/room/bill" -> "GET, HEAD, OPTIONS";
            case "/room/login" -> "GET, HEAD, OPTIONS, POST";
            case "/room/end", "/room/extend", "/room/logout" -> "OPTIONS, POST";
            default -> throw new Refusal(404, "");
        };
        return Reply.empty(request.method().equals("OPTIONS") ? 204 : 405)
                .with("Allow", allowed)
                .now();
    }

    private Reply room(Request request, InetAddress terminal, String operator) {
        Words words = pages.words(request);
        FormGuard.Ticket ticket = forms.ticket(request, terminal);
        List<RoomView.Row> rows = Guest.all(ports).stream()
                .map(guest -> RoomView.row(guest, words))
                .toList();
        RoomView view = new RoomView(operator, rows, news(request, words));
        return ticket.on(pages.room(request, words, ticket.token(), view));
    }

    /** Only sentences of ours: the query chooses one, and adds nothing to it. */
    private static @Nullable String news(Request request, Words words) {
        String word = request.query().first("news");
        return word != null && List.of("ended", "extended", "gone").contains(word)
                ? words.texts().get("news." + word)
                : null;
    }

    private CompletionStage<Reply> guest(Request request, InetAddress terminal, String operator) {
        String at = request.query().firstOr("terminal", "");
        Guest guest = Guest.all(ports).stream()
                .filter(one -> one.session().terminal().equals(at))
                .findFirst()
                .orElse(null);
        if (guest == null) {
            return Reply.redirect(303, "/room?news=gone").uncached().now();
        }
        Instant now = ports.clock().now();
        ports.journal()
                .record(new Event(
                        now,
                        Layer.PORTAL,
                        null,
                        "read-visits",
                        guest.session().subject(),
                        null,
                        "operator " + operator + " looked at where they have been",
                        0));
        return ports.worker().run(() -> visits(guest, now)).thenApply(visited -> {
            Words words = pages.words(request);
            FormGuard.Ticket ticket = forms.ticket(request, terminal);
            var view = RoomView.Closely.of(guest, visited, MOST_SHOWN, news(request, words), words);
            return ticket.on(pages.guest(request, words, ticket.token(), view));
        });
    }

    private List<Visited> visits(Guest guest, Instant now) throws IOException {
        return ports.book().visits(guest.session().terminal(), guest.session().since(), now, MOST_SHOWN + 1);
    }

    /** The day that is asked for, else today. */
    private LocalDate day(Request request) {
        String day = request.query().first("day");
        LocalDate today = today();
        try {
            LocalDate wanted = day == null || day.isEmpty() ? today : LocalDate.parse(day);
            return wanted.isAfter(today) ? today : wanted;
        } catch (DateTimeParseException malformed) {
            throw new Refusal(400, "The day is not one (expected: 2026-03-01).");
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(ports.clock().now(), zone);
    }

    private List<Bill> bills(LocalDate day) throws IOException {
        return ports.book()
                .bills(
                        day.atStartOfDay(zone).toInstant(),
                        day.plusDays(1).atStartOfDay(zone).toInstant(),
                        MOST_A_DAY + 1);
    }

    private CompletionStage<Reply> book(Request request) {
        LocalDate day = day(request);
        return ports.worker().run(() -> bills(day)).thenApply(bills -> {
            Words words = pages.words(request);
            return pages.book(request, words, BookView.of(day, today(), bills, Guest.all(ports), MOST_A_DAY, words));
        });
    }

    private CompletionStage<Reply> csv(Request request) {
        LocalDate day = day(request);
        return ports.worker()
                .run(() -> bills(day))
                .thenApply(bills -> Reply.text(200, "text/csv", BookCsv.of(bills))
                        .with("Content-Disposition", "attachment; filename=\"logbook-" + day + ".csv\"")
                        .uncached());
    }

    private CompletionStage<Reply> bill(Request request) {
        LocalDate day = day(request);
        String number = request.query().firstOr("number", "");
        return ports.worker().run(() -> bills(day)).thenApply(bills -> {
            Bill found = bills.stream()
                    .filter(bill -> bill.number().equals(number))
                    .findFirst()
                    .orElseThrow(() -> new Refusal(404, ""));
            Words words = pages.words(request);
            BillView view = BillView.of(found, words.texts().language(), zone);
            return pages.bill(request, words, "number=" + found.number() + "&day=" + day, view);
        });
    }
}
