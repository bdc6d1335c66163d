package kwangmyong.console.guest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import kwangmyong.access.api.Bill;
import kwangmyong.access.api.DenialView;
import kwangmyong.access.api.MinutesView;
import kwangmyong.access.api.Openings;
import kwangmyong.access.api.SessionView;
import kwangmyong.access.api.SubjectView;
import kwangmyong.console.command.Text;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.place.Tariff;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/** The few words that a subject has, and what each says. */
final class GuestWords {
    static final int FINE = 0;
    static final int USAGE = 2;

    private static final int MOST_DENIALS = 10;
    private static final int LABEL = 12;
    /** Names of addresses: nobody reads there. */
    private static final String REVERSE = ".arpa";

    private static final String WORDS = "status, whoami, minutes, reach, denials, bill, logout, exit";

    private final GuestPorts ports;
    private final Openings openings;

    GuestWords(GuestPorts ports) {
        this.ports = ports;
        this.openings = new Openings(ports.policy(), ports.names());
    }

    /**
     * What is said.
     *
     * @param status {@link #FINE}, or {@link #USAGE} for what is no word of theirs
     * @param isOver whether the connection has nothing more to do
     */
    record Answer(List<String> lines, int status, boolean isOver) {
        static Answer of(List<String> lines) {
            return new Answer(List.copyOf(lines), FINE, false);
        }
    }

    Answer welcome(Visit visit, String labName) {
        List<String> lines = new ArrayList<>();
        lines.add(labName + ": this terminal is yours while you stay connected.");
        lines.addAll(status(visit));
        lines.add("words: " + WORDS);
        return Answer.of(lines);
    }

    Answer answer(Visit visit, String typed) {
        return switch (typed.strip()) {
            case "" -> Answer.of(List.of());
            case "status" -> Answer.of(status(visit));
            case "whoami" -> Answer.of(List.of(visit.subject()));
            case "minutes" -> Answer.of(minutes(visit));
            case "reach" -> Answer.of(reach(visit.identity()));
            case "denials" -> Answer.of(denials(visit));
            case "bill" -> Answer.of(bill(visit));
            case "help" -> Answer.of(List.of("words: " + WORDS));
            case "exit", "quit" -> new Answer(List.of(), FINE, true);
            case "logout" -> new Answer(logOut(visit), FINE, true);
            default ->
                new Answer(
                        List.of("'" + Text.shown(typed.strip()) + "' is none of your words (expected: " + WORDS + ")"),
                        USAGE,
                        false);
        };
    }

    /** Why somebody is disconnected, in a line. */
    String farewell(Visit visit) {
        return lastBill(visit)
                .filter(bill ->
                        bill.since().toEpochMilli() == visit.session().since().toEpochMilli())
                .map(bill -> "your session here has ended: " + bill.end().word() + ", " + sum(bill))
                .orElse("your session here has ended");
    }

    private Session now(Visit visit) {
        Session session = ports.sessions().at(visit.identity().terminal()).session();
        return session != null && session.id().equals(visit.session().id()) ? session : visit.session();
    }

    private List<String> status(Visit visit) {
        Identity identity = visit.identity();
        Attachment place = identity.attachment();
        Session session = now(visit);
        Instant now = ports.clock().now();
        List<String> lines = new ArrayList<>();
        lines.add(line("subject", visit.subject()));
        lines.add(line(
                "terminal", Addresses.text(identity.terminal()) + (place == null ? "" : " (" + place.name() + ")")));
        view(visit).map(SessionView::held).ifPresent(held -> lines.add(line("clearance", held)));
        if (place != null) {
            lines.add(line("ceiling", ports.declared().get().lattice().show(place.ceiling())));
        }
        lines.add(line("since", Text.time(session.since(), ports.zone())));
        lines.addAll(minutes(visit));
        Tariff tariff = place == null ? null : place.tariff();
        if (tariff != null) {
            long used = Math.max(0, Duration.between(session.since(), now).toMinutes());
            lines.add(line(
                    "tariff",
                    "US$" + tariff.usdPerHour().toPlainString() + " an hour; " + used + " min so far, US$"
                            + tariff.price(used).toPlainString()));
        }
        lines.addAll(reach(identity));
        return lines;
    }

    private Optional<SessionView> view(Visit visit) {
        return ports.operations().sessions().stream()
                .filter(session -> session.id().equals(visit.session().id()))
                .findFirst();
    }

    private List<String> minutes(Visit visit) {
        Instant until = now(visit).until();
        List<String> lines = new ArrayList<>();
        lines.add(line(
                "until",
                until == null
                        ? "you leave"
                        : Text.time(until, ports.zone()) + ", "
                                + left(Duration.between(ports.clock().now(), until)) + " left"));
        ports.operations().subjects().stream()
                .filter(subject -> subject.name().equals(visit.subject()))
                .map(SubjectView::minutes)
                .flatMap(List::stream)
                .forEach(quota -> lines.add(line("quota", quota(quota))));
        return lines;
    }

    private static String quota(MinutesView quota) {
        return quota.quota() + ": " + left(Duration.ofSeconds(quota.secondsLeft())) + " of "
                + left(Duration.ofSeconds(quota.limitSeconds())) + " left today"
                + (quota.attachments().isEmpty() ? "" : " (" + String.join(", ", quota.attachments()) + ")");
    }

    private static String left(Duration time) {
        long minutes = Math.max(0, time.toMinutes());
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    private List<String> reach(Identity identity) {
        List<Openings.Opening> open = openings
                .of(identity, ports.declared().get(), ports.clock().now())
                .stream()
                .filter(opening -> !opening.name().endsWith(REVERSE))
                .toList();
        if (open.isEmpty()) {
            return List.of(line("reach", "nothing but this and the portal"));
        }
        List<String> lines = new ArrayList<>();
        for (Openings.Opening opening : open) {
            String what = opening.isEverything() ? "everything else" : opening.name();
            lines.add(line(
                    lines.isEmpty() ? "reach" : "",
                    what + (opening.intercepted() ? " (the gateway reads along)" : "")));
        }
        return lines;
    }

    private List<String> denials(Visit visit) {
        List<DenialView> denials = ports.operations().denialsOf(visit.subject());
        if (denials.isEmpty()) {
            return List.of("nothing was denied to you lately");
        }
        return denials.stream()
                .limit(MOST_DENIALS)
                .map(denial -> Text.time(denial.time(), ports.zone()) + "  "
                        + denial.decision().layer() + " "
                        + Text.shown(denial.decision().resource()) + ": "
                        + denial.decision().explanation()
                        + (denial.count() == 1 ? "" : " (" + denial.count() + " times)"))
                .toList();
    }

    private Optional<Bill> lastBill(Visit visit) {
        return ports.book()
                .lastAt(Addresses.text(visit.identity().terminal()))
                .filter(bill -> bill.subject().equals(visit.subject()));
    }

    private List<String> bill(Visit visit) {
        return List.of(lastBill(visit)
                .map(bill -> "bill " + bill.number() + ": " + Text.time(bill.since(), ports.zone()) + " to "
                        + Text.time(bill.until(), ports.zone()) + ", " + sum(bill))
                .orElse("no session of yours has ended here today"));
    }

    private static String sum(Bill bill) {
        return bill.minutes() + " min"
                + (bill.usd() == null ? "" : ", US$" + bill.usd().toPlainString());
    }

    /** A seat is its owner's with and without a connection. */
    private List<String> logOut(Visit visit) {
        Session session = visit.session();
        if (session.origin() == Session.Origin.SEAT) {
            return List.of("this terminal is your own seat, and stays yours");
        }
        visit.leave();
        try {
            ports.entrance()
                    .leave(session.terminal(), session.id())
                    .toCompletableFuture()
                    .join();
            return bill(visit);
        } catch (CompletionException notNow) {
            return List.of("it ends with this connection");
        }
    }

    private static String line(String label, @Nullable String value) {
        return Text.padded(label, LABEL) + Text.shown(value);
    }
}
