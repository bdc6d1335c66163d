package kwangmyong.access.journal;

import org.jspecify.annotations.Nullable;

/** Whether one line follows another, and if not, why, in words. */
final class Succession {
    private Succession() {}

    /**
     * What is wrong with a line; null when it follows.
     *
     * @param link as the line says itself; null when it has not a line's form
     * @param last the line before
     */
    static @Nullable String fault(Seal.@Nullable Link link, LineEncoder.Link last) {
        if (link == null) {
            return "it does not have the form of a journal's line";
        }
        if (!link.holds()) {
            return "it was altered: its id does not fit what it says";
        }
        if (link.seq() <= last.seq()) {
            return "its number is " + link.seq() + " though that of the line before is " + last.seq();
        }
        if (link.seq() != last.seq() + 1) {
            long missing = link.seq() - last.seq() - 1;
            return "before it " + (missing == 1 ? "a line is" : missing + " lines are") + " missing: its number is "
                    + link.seq() + ", that of the line before " + last.seq();
        }
        return link.prev().equals(last.id()) ? null : "it does not follow the line before, which was altered or put in";
    }
}
