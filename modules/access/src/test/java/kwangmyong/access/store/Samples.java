package kwangmyong.access.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import kwangmyong.access.store.Kept.Whose;

/** One of everything that may be kept, and others where more are needed. */
public final class Samples {
    public static final Instant NINE = Instant.parse("2026-03-01T09:00:00.123456Z");

    private Samples() {}

    public static List<Kept> oneOfEach() {
        return List.of(
                grant("g1"),
                new Kept.Session("s1", "resident", "10.76.10.11", NINE, NINE.plusSeconds(3600)),
                new Kept.Session("s2", "delegate", "fd00:76:60::11", NINE, null),
                new Kept.Session("s3", "trader", "10.76.10.12", NINE, NINE.plusSeconds(60), "an-hour-a-day"),
                new Kept.EmptySeat("10.76.20.11"),
                new Kept.Person("guest", "손님 <b>\"one\"</b>\n다음", "resident + news", null, List.of(), NINE, "operator"),
                new Kept.Person(
                        "clerk",
                        "",
                        "cleared",
                        "clerk@silibank.net.kp",
                        List.of("10.76.30.12", "fd00::12"),
                        NINE,
                        "ann"),
                new Kept.Password(
                        Whose.SUBJECT, "guest", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA", "ab12", NINE, "ann"),
                new Kept.Password(Whose.OPERATOR, "guest", null, null, NINE, "ann"),
                new Kept.PublicKey(Whose.OPERATOR, "ann", "SHA256:abc", "ssh-ed25519 AAAA ann", NINE, "operator"),
                new Kept.Lock(Whose.SUBJECT, "trader", "left the country", NINE, "ann"),
                new Kept.Minutes("an-hour-a-day", "resident", LocalDate.of(2026, 3, 1), Long.MAX_VALUE, NINE),
                new Kept.Minutes("an-hour-a-day", "trader", LocalDate.of(2026, 3, 1), 0, null),
                new Kept.Token(
                        "t1",
                        "ann",
                        "dashboard",
                        "00ff",
                        List.of("read", "sessions"),
                        NINE,
                        NINE.plusSeconds(1),
                        "ann"));
    }

    public static Kept.Grant grant(String id) {
        return new Kept.Grant(id, "delegate", "resident + world", NINE, NINE.plusSeconds(7200), "대표단의 저녁", "operator");
    }
}
