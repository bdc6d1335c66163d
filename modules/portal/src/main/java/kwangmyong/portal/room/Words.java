package kwangmyong.portal.room;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import kwangmyong.web.page.Messages;
import kwangmyong.web.page.Messages.Texts;
import org.jspecify.annotations.Nullable;

/** How the room says times, minutes, money and places in one language. */
record Words(Texts texts, ZoneId zone) {
    static final Messages MESSAGES = Messages.load(Words.class, "room");
    static final String NOTHING = "–";

    private static final int AN_HOUR = 60;

    String time(Instant moment) {
        return texts.time("time", moment, zone);
    }

    String timeOfDay(Instant moment) {
        return texts.time("time.short", moment, zone);
    }

    String minutes(long minutes) {
        return minutes < AN_HOUR
                ? texts.get("minutes", minutes)
                : texts.get("hours", minutes / AN_HOUR, minutes % AN_HOUR);
    }

    String money(@Nullable BigDecimal usd) {
        return usd == null ? NOTHING : texts.get("money", usd.toPlainString());
    }

    /** An attachment by a name of its own where there is one in this language. */
    String place(@Nullable String attachment) {
        if (attachment == null) {
            return NOTHING;
        }
        String key = "attachment." + attachment;
        return texts.has(key) ? texts.get(key) : attachment;
    }
}
