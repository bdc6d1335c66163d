package kwangmyong.access.store;

import java.sql.SQLException;

/** What databases say of a failure, short enough for one sentence. */
final class Sentences {
    private static final int LONGEST = 200;

    private Sentences() {}

    static String of(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        String first = message.lines().findFirst().orElse("").strip();
        // H2 adds the statement and a number.
        String plain = first.replaceAll("; SQL statement:.*$", "").replaceAll(" \\[\\d+-\\d+]$", "");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }
}
