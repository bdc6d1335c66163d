package kwangmyong.portal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.access.api.Bill;
import kwangmyong.access.api.Openings.Opening;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.place.Tariff;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Session.Origin;
import kwangmyong.portal.room.BillView;
import kwangmyong.web.page.Messages.Texts;
import org.jspecify.annotations.Nullable;

/**
 * What the first page says of a terminal.
 *
 * @param heading who is here
 * @param facts in order, each with its label
 * @param openings what may be reached
 * @param canLogIn whether the page leads to the log-in form
 * @param canLogOut whether it offers to log out
 * @param secondsLeft until the session ends by itself; null where it does not
 * @param left the same in words
 * @param usedUp that the minutes of the session before are used up, and what it came to: a sentence, or null
 * @param next where one was going; null for nowhere
 * @param news what just happened: a sentence, or null
 */
record StatusView(
        String heading,
        List<Fact> facts,
        List<Opening> openings,
        boolean canLogIn,
        boolean canLogOut,
        @Nullable Long secondsLeft,
        String left,
        @Nullable String usedUp,
        @Nullable NextPage next,
        @Nullable String news) {
    private static final int AN_HOUR = 60;

    /** Whether the gateway opens TLS to anything that may be reached. */
    boolean isIntercepted() {
        return openings.stream().anyMatch(Opening::intercepted);
    }

    record Fact(String label, String value) {}

    /** @param bill of the latest session here, where it concerns whoever looks; null without one */
    static StatusView of(Visit visit, Lattice lattice, List<Opening> openings, @Nullable Bill bill, ZoneId zone) {
        Texts texts = visit.texts();
        Session session = visit.session();
        Attachment attachment = visit.identity().attachment();
        Long seconds = secondsLeft(visit);
        boolean byPortal = attachment != null && attachment.logIn() == Attachment.LogIn.PORTAL;
        return new StatusView(
                heading(visit),
                facts(visit, lattice, zone),
                openings,
                session == null && byPortal,
                session != null && session.origin() == Origin.PORTAL,
                seconds,
                seconds == null ? "" : left(seconds / AN_HOUR, texts),
                session == null && bill != null && bill.end() == Bill.End.USED_UP
                        ? texts.get("status.used-up", BillView.sentence(bill, texts.language()))
                        : null,
                NextPage.parse(visit.request().query().first(NextPage.FIELD)),
                news(visit));
    }

    private static @Nullable Long secondsLeft(Visit visit) {
        Session session = visit.session();
        Instant until = session == null ? null : session.until();
        return until == null
                ? null
                : Math.max(0, Duration.between(visit.now(), until).toSeconds());
    }

    private static String left(long minutes, Texts texts) {
        return minutes < AN_HOUR
                ? texts.get("left.minutes", minutes)
                : texts.get("left.hours", minutes / AN_HOUR, minutes % AN_HOUR);
    }

    private static String heading(Visit visit) {
        Texts texts = visit.texts();
        Session session = visit.session();
        String byCredentials = visit.asker().subject();
        if (session != null) {
            return texts.get("status.here", session.subject());
        }
        return byCredentials == null ? texts.get("status.nobody") : texts.get("status.credentials", byCredentials);
    }

    /** Only sentences of ours: the query chooses one, and adds nothing to it. */
    static @Nullable String news(Visit visit) {
        String word = visit.request().query().first("news");
        return word != null && List.of("logged-in", "logged-out").contains(word)
                ? visit.texts().get("news." + word)
                : null;
    }

    private static List<Fact> facts(Visit visit, Lattice lattice, ZoneId zone) {
        Texts texts = visit.texts();
        Session session = visit.session();
        Attachment attachment = visit.identity().attachment();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                texts.get("fact.terminal"), Addresses.text(visit.asker().terminal())));
        facts.add(new Fact(
                texts.get("fact.attachment"),
                attachment == null ? texts.get("attachment.none") : name(attachment, texts)));
        if (attachment != null) {
            facts.add(new Fact(texts.get("fact.ceiling"), lattice.show(attachment.ceiling())));
        }
        if (session != null) {
            facts.add(new Fact(texts.get("fact.since"), texts.time("time", session.since(), zone)));
            Instant until = session.until();
            if (until != null) {
                facts.add(new Fact(texts.get("fact.until"), texts.time("time", until, zone)));
            }
        }
        Tariff tariff = attachment == null ? null : attachment.tariff();
        if (tariff != null) {
            facts.add(new Fact(
                    texts.get("fact.tariff"),
                    texts.get("tariff", tariff.usdPerHour().toPlainString())));
            if (session != null) {
                facts.add(new Fact(texts.get("fact.used"), used(session, tariff, visit)));
            }
        }
        return facts;
    }

    private static String used(Session session, Tariff tariff, Visit visit) {
        long minutes =
                Math.max(0, Duration.between(session.since(), visit.now()).toMinutes());
        return visit.texts().get("used", minutes, tariff.price(minutes).toPlainString());
    }

    private static String name(Attachment attachment, Texts texts) {
        String key = "attachment." + attachment.name();
        return texts.has(key) ? texts.get(key) : attachment.name();
    }
}
