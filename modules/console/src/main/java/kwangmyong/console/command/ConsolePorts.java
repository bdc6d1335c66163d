package kwangmyong.console.command;

import java.time.ZoneId;
import kwangmyong.access.api.JournalView;
import kwangmyong.access.api.LabControl;
import kwangmyong.access.api.LogBook;
import kwangmyong.access.api.Operations;
import kwangmyong.access.api.Tokens;
import kwangmyong.border.api.Border;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.mail.api.HeldMail;
import org.jspecify.annotations.Nullable;

/**
 * What the operator's commands act on.
 *
 * @param zone of the times shown and of those given without one
 * @param isLive whether a lab is running; without one only what the configuration and the journal can tell is answered
 * @param border null where there is none
 */
public record ConsolePorts(
        Operations operations,
        JournalView journal,
        LabControl control,
        Tokens tokens,
        LogBook book,
        HeldMail mail,
        LabClock clock,
        ZoneId zone,
        boolean isLive,
        @Nullable Border border) {}
