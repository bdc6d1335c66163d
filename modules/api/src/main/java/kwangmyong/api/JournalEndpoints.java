package kwangmyong.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kwangmyong.access.api.Bill;
import kwangmyong.access.api.JournalCheck;
import kwangmyong.access.api.JournalCursor;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.JournalExport;
import kwangmyong.access.api.JournalMatch;
import kwangmyong.access.api.JournalPage;
import kwangmyong.access.api.JournalQuery;
import kwangmyong.access.api.JournalView;
import kwangmyong.access.api.JournalView.Order;
import kwangmyong.access.api.LogBook;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Visited;
import kwangmyong.api.Endpoint.Form;
import kwangmyong.api.Endpoint.Method;
import kwangmyong.api.Endpoint.Page;
import kwangmyong.api.Problem.Fault;
import kwangmyong.web.http.Reply;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/** The journal and what is made of it: lines, streams, checks, bills. */
final class JournalEndpoints {
    private static final Parameter[] FILTERS = {
        Parameter.queries(
                "where", new Shape.Text(1_000), "Only lines that match, such as verdict=deny; all must hold."),
        Parameter.query("since", Shape.Written.MOMENT, "Only from this time of the lab on."),
        Parameter.query("until", Shape.Written.MOMENT, "Only before this time of the lab.")
    };

    private final JournalView journal;
    private final LogBook book;
    private final EventStreams streams;

    JournalEndpoints(ApiPorts ports, EventStreams streams) {
        this.journal = ports.events();
        this.book = ports.book();
        this.streams = streams;
    }

    List<Endpoint> table() {
        return List.of(
                Endpoint.of(
                                Method.GET,
                                "/events",
                                "events",
                                Scope.READ,
                                "The journal's lines: the newest, oldest of them first; pages go on towards the older. With order=oldest the other way.")
                        .as("events")
                        .with(FILTERS)
                        .with(Parameter.query(
                                "order",
                                new Shape.Choice(List.of("newest", "oldest")),
                                "From which end; newest when not said."))
                        .paging(JournalEntry.class, this::events),
                Endpoint.of(
                                Method.GET,
                                "/events.csv",
                                "eventsCsv",
                                Scope.READ,
                                "The same lines as CSV (RFC 4180) with a header, oldest first; pages go on towards the newer.")
                        .as("events")
                        .with(FILTERS)
                        .with(Pages.LIMIT, Pages.CURSOR)
                        .streaming(Form.FILE, String.class, this::csv),
                Endpoint.of(
                                Method.GET,
                                "/events/stream",
                                "eventStream",
                                Scope.READ,
                                "The journal's lines as they are written, as server-sent events.")
                        .as("events")
                        .with(FILTERS)
                        .with(
                                Parameter.header("Last-Event-ID", "Go on behind this event."),
                                Parameter.query(
                                        "after", new Shape.Text(4_096), "The same, for who cannot set the field."))
                        .streaming(Form.EVENTS, JournalEntry.class, this::stream),
                Endpoint.of(
                                Method.GET,
                                "/journal/check",
                                "verify",
                                Scope.READ,
                                "Whether no line of the journal is missing, altered or cut off.")
                        .as("verify")
                        .giving(JournalCheck.class, call -> journal.verify()),
                Endpoint.of(
                                Method.GET,
                                "/bills",
                                "bills",
                                Scope.READ,
                                "Sessions that ended within a time, what each cost.")
                        .as("bills")
                        .with(FILTERS[1].needed(), FILTERS[2].needed())
                        .listing(Bill.class, Bill::number, this::bills),
                Endpoint.of(
                                Method.GET,
                                "/terminals/{terminal}/visits",
                                "visits",
                                Scope.READ,
                                "Where somebody at a terminal has been within a time, the latest first.")
                        .as("visits")
                        .with(FILTERS[1].needed(), FILTERS[2].needed())
                        .listing(Visited.class, Visited::host, this::visits));
    }

    private Page events(Call call) throws IOException {
        boolean newest = !"oldest".equals(call.query("order", String.class));
        Order order = newest ? Order.NEWEST_FIRST : Order.OLDEST_FIRST;
        String cursor = call.query("cursor", String.class);
        JournalCursor from = cursor == null ? null : place(cursor, "cursor");
        JournalPage page = journal.page(query(call), order, from, Pages.limit(call));
        List<JournalEntry> entries = new ArrayList<>(page.entries());
        if (newest) {
            Collections.reverse(entries);
        }
        List<RawValue> lines = entries.stream()
                .map(entry -> new RawValue(entry.jsonWithProcess()))
                .toList();
        JournalCursor next = newest ? page.older() : page.newer();
        return new Page(lines, page.hasMore() ? next.toString() : null);
    }

    private Object csv(Call call) throws IOException {
        String cursor = call.query("cursor", String.class);
        JournalPage page = journal.page(
                query(call), Order.OLDEST_FIRST, cursor == null ? null : place(cursor, "cursor"), Pages.limit(call));
        var text = new StringBuilder();
        var export = new JournalExport(JournalExport.Form.CSV, text);
        for (JournalEntry entry : page.entries()) {
            export.write(entry);
        }
        Reply reply = Reply.bytes(
                        200, JournalExport.Form.CSV.mediaType(), text.toString().getBytes(StandardCharsets.UTF_8))
                .with("Content-Disposition", "attachment; filename=\"events.csv\"")
                .uncached();
        return page.hasMore()
                ? reply.with("Link", Answering.link(call.request(), page.newer().toString()))
                : reply;
    }

    private Object stream(Call call) {
        String header = call.query("Last-Event-ID", String.class);
        String after = call.query("after", String.class);
        String last = header == null ? after : header;
        @Nullable JournalCursor from = last == null ? null : place(last, header == null ? "after" : "Last-Event-ID");
        return streams.open(call, query(call), from);
    }

    private static JournalCursor place(String text, String name) {
        try {
            return JournalCursor.parse(text);
        } catch (IllegalArgumentException wrong) {
            String where = name.equals("Last-Event-ID") ? "header" : "parameter";
            throw Problem.malformed(List.of(new Fault(where, name, String.valueOf(wrong.getMessage()))));
        }
    }

    private static JournalQuery query(Call call) {
        List<JournalMatch> where = new ArrayList<>();
        for (String text : call.all("where")) {
            try {
                where.add(JournalMatch.parse(text));
            } catch (IllegalArgumentException wrong) {
                throw Problem.malformed(List.of(new Fault("parameter", "where", String.valueOf(wrong.getMessage()))));
            }
        }
        return new JournalQuery(where, call.query("since", Instant.class), call.query("until", Instant.class));
    }

    private List<Bill> bills(Call call) throws IOException {
        return book.bills(since(call), until(call), Pages.MOST);
    }

    private List<Visited> visits(Call call) throws IOException {
        return book.visits(call.path("terminal"), since(call), until(call), Pages.MOST);
    }

    private static Instant since(Call call) {
        Instant since = call.query("since", Instant.class);
        return since == null ? Instant.EPOCH : since;
    }

    private static Instant until(Call call) {
        Instant until = call.query("until", Instant.class);
        return until == null ? Instant.MAX : until;
    }
}
