package kwangmyong.portal.room;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.access.api.Bill;
import kwangmyong.web.page.Language;

/**
 * A bill in words, to be read or printed.
 *
 * @param facts in order, each with its label
 * @param total what there is to pay, in words
 */
public record BillView(String title, List<Fact> facts, String totalLabel, String total) {
    /** One line of it. */
    public record Fact(String label, String value) {}

    /** In one language, times by the lab's time zone. */
    public static BillView of(Bill bill, Language language, ZoneId zone) {
        Words words = new Words(Words.MESSAGES.in(language), zone);
        var texts = words.texts();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(texts.get("col.number"), bill.number()));
        facts.add(new Fact(texts.get("col.subject"), bill.subject()));
        facts.add(new Fact(texts.get("col.place"), words.place(bill.attachment()) + ", " + bill.terminal()));
        facts.add(new Fact(texts.get("col.since"), words.time(bill.since())));
        facts.add(new Fact(texts.get("col.until"), words.time(bill.until())));
        facts.add(new Fact(texts.get("col.end"), texts.get("end." + bill.end().word())));
        facts.add(new Fact(texts.get("col.used"), words.minutes(bill.minutes())));
        if (bill.usdPerHour() != null) {
            facts.add(new Fact(
                    texts.get("tariff.label"),
                    texts.get("tariff", bill.usdPerHour().toPlainString())));
        }
        return new BillView(
                texts.get("bill.title"),
                List.copyOf(facts),
                texts.get("bill.total"),
                bill.usd() == null ? texts.get("bill.free") : words.money(bill.usd()));
    }

    /** The bill in one sentence. */
    public static String sentence(Bill bill, Language language) {
        var texts = Words.MESSAGES.in(language);
        String minutes = new Words(texts, ZoneId.of("UTC")).minutes(bill.minutes());
        return bill.usd() == null
                ? texts.get("bill.sentence.free", minutes)
                : texts.get("bill.sentence", minutes, bill.usd().toPlainString());
    }
}
