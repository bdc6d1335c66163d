package kwangmyong.api;

import java.net.InetAddress;
import java.time.ZoneId;
import java.util.function.Predicate;
import kwangmyong.access.api.JournalView;
import kwangmyong.access.api.LabControl;
import kwangmyong.access.api.LogBook;
import kwangmyong.access.api.Operations;
import kwangmyong.access.api.OperatorScopes;
import kwangmyong.access.api.Tokens;
import kwangmyong.border.api.Border;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.mail.api.HeldMail;
import org.jspecify.annotations.Nullable;

/**
 * What the API renders, and what it needs of the lab.
 *
 * @param border null where there is none
 * @param zone of the times that are shown with an offset
 * @param isTerminal whether a lab address belongs to an attachment
 */
public record ApiPorts(
        Operations operations,
        JournalView events,
        LabControl control,
        Tokens tokens,
        OperatorScopes scopes,
        LogBook book,
        HeldMail mail,
        @Nullable Border border,
        AddressPlan plan,
        AskerSeal seal,
        Predicate<InetAddress> isTerminal,
        Journal journal,
        LabClock clock,
        ZoneId zone) {}
