package kwangmyong.portal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.place.Tariff;
import kwangmyong.kernel.session.Session;
import kwangmyong.kernel.session.Session.Origin;
import kwangmyong.portal.Openings.Opening;
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
 * @param next where one was going; null for nowhere
 * @param news what just happened: a sentence, or null
 */
record StatusView(
        String heading,
        List<Fact> facts,
        List<Opening> openings,
        boolean canLogIn,
        boolean canLogOut,
        @Nullable NextPage next,
        @Nullable String news) {

    /** Whether the gateway opens TLS to anything that may be reached. */
    boolean isIntercepted() {
        return openings.stream().anyMatch(Opening::intercepted);
    }

    record Fact(String label, String value) {}

    static StatusView of(Visit visit, Lattice lattice, List<Opening> openings, ZoneId zone) {
        Texts texts = visit.texts();
        Session session = visit.session();
        Attachment attachment = visit.identity().attachment();
        boolean byPortal = attachment != null && attachment.logIn() == Attachment.LogIn.PORTAL;
        return new StatusView(
                heading(visit),
                facts(visit, lattice, zone),
                openings,
                session == null && byPortal,
                session != null && session.origin() == Origin.PORTAL,
                NextPage.parse(visit.request().query().first(NextPage.FIELD)),
                news(visit.request().query().first("news"), texts));
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
    private static @Nullable String news(@Nullable String word, Texts texts) {
        return word != null && List.of("logged-in", "logged-out").contains(word) ? texts.get("news." + word) : null;
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
            facts.add(new Fact(texts.get("fact.since"), time(session.since(), texts, zone)));
            Instant until = session.until();
            if (until != null) {
                facts.add(new Fact(texts.get("fact.until"), time(until, texts, zone)));
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

    private static String time(Instant instant, Texts texts, ZoneId zone) {
        return time("time", instant, texts, zone);
    }

    /**
     * A moment as people say it, in the lab's time zone.
     *
     * @param pattern the key of its pattern among the sentences
     */
    static String time(String pattern, Instant instant, Texts texts, ZoneId zone) {
        return DateTimeFormatter.ofPattern(
                        texts.get(pattern),
                        Locale.forLanguageTag(texts.language().tag()))
                .format(instant.atZone(zone));
    }
}
