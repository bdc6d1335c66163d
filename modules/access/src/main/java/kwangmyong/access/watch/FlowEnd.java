package kwangmyong.access.watch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service says of a flow that has ended, in the detail of a line whose action is {@value #ACTION}: {@code sent 1048576, received 2048, 7.9 bits
 * an octet}.
 *
 * @param oneWay octets, in the direction that had more, and 0 where what was carried was neither packed nor encrypted
 */
record FlowEnd(long oneWay) {
    static final String ACTION = "flow-ended";

    private static final Pattern FORM =
            Pattern.compile("sent (\\d{1,15}), received (\\d{1,15})(?:, (\\d\\.\\d) bits an octet)?.*");
    private static final double DISORDER = 7.5;
    private static final int TIMES_THE_OTHER = 4;

    static Optional<FlowEnd> read(Sighting seen) {
        if (!seen.action().equals(ACTION) || seen.detail() == null) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(seen.detail());
        if (!form.matches()) {
            return Optional.empty();
        }
        long sent = Long.parseLong(form.group(1));
        long received = Long.parseLong(form.group(2));
        boolean disorderly = form.group(3) != null && Double.parseDouble(form.group(3)) >= DISORDER;
        boolean oneWay = Math.max(sent, received) >= TIMES_THE_OTHER * Math.min(sent, received);
        return disorderly && oneWay ? Optional.of(new FlowEnd(Math.max(sent, received))) : Optional.empty();
    }
}
