package kwangmyong.portal.room;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import kwangmyong.access.api.SessionView;
import kwangmyong.access.api.Visited;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the room.
 *
 * @param operator who looks
 * @param news what just happened: a sentence, or null
 */
record RoomView(String operator, List<Row> rows, @Nullable String news) {
    /**
     * One guest, in words.
     *
     * @param session the session's id, for the forms
     * @param endLabel what the button says to those who cannot see its row
     */
    record Row(
            String session,
            String terminal,
            String subject,
            String place,
            String since,
            String used,
            String left,
            String cost,
            String endLabel) {}

    static Row row(Guest guest, Words words) {
        SessionView session = guest.session();
        return new Row(
                session.id(),
                session.terminal(),
                session.subject(),
                words.place(session.attachment()),
                words.timeOfDay(session.since()),
                words.minutes(guest.minutes()),
                left(session, words),
                words.money(guest.usd()),
                words.texts().get("end.label", session.subject(), session.terminal()));
    }

    private static String left(SessionView session, Words words) {
        Long seconds = session.secondsLeft();
        return seconds == null ? Words.NOTHING : words.minutes(Math.max(0, seconds) / 60);
    }

    /**
     * One guest closely.
     *
     * @param until when their time is over; a dash where it does not end by itself
     * @param canExtend whether it ends by itself, so that it can be made longer
     * @param visits where they have been, the latest first
     * @param more whether there is more than is shown
     */
    record Closely(
            Row row,
            String until,
            boolean canExtend,
            List<Stop> visits,
            boolean more,
            @Nullable String news) {
        static Closely of(Guest guest, List<Visited> visited, int shown, @Nullable String news, Words words) {
            Instant until = guest.session().until();
            return new Closely(
                    RoomView.row(guest, words),
                    until == null ? Words.NOTHING : words.time(until),
                    until != null,
                    visited.stream()
                            .limit(shown)
                            .map(visit -> new Stop(
                                    visit.host(), visit.allowed(), visit.denied(), words.timeOfDay(visit.last())))
                            .toList(),
                    visited.size() > shown,
                    news);
        }
    }

    /** A host that somebody asked for. */
    record Stop(String host, long allowed, long denied, String last) {
        Stop {
            Objects.requireNonNull(host);
        }
    }
}
