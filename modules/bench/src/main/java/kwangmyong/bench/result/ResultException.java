package kwangmyong.bench.result;

import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** A file or folder of results that cannot be read, with a message for the person who asked for it. */
public final class ResultException extends IOException {
    private static final long serialVersionUID = 1L;

    public ResultException(String message) {
        super(message);
    }

    static ResultException at(JacksonException unreadable) {
        TokenStreamLocation where = unreadable.getLocation();
        String what = unreadable.getOriginalMessage().lines().findFirst().orElse("no JSON");
        return new ResultException(
                where == null || where.getLineNr() < 1
                        ? what
                        : "line " + where.getLineNr() + ", column " + where.getColumnNr() + ": " + what);
    }
}
