package kwangmyong.portal;

import java.util.function.Function;
import java.util.function.Supplier;
import kwangmyong.access.api.LogBook;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.kernel.session.Sessions;
import kwangmyong.portal.room.RoomPorts;
import org.jspecify.annotations.Nullable;

/**
 * What the portal asks of the rest of the lab.
 *
 * @param declared the rules in force, for telling people what they may reach
 * @param names for naming pages that are there
 * @param denials what was lately denied
 * @param book bills, for whoever had to pay one
 * @param octetsLeft how many octets a subject may still have through the gateway; null where no quota counts them
 * @param room for the supervisor's pages; null where there are none
 */
public record PortalPorts(
        AddressPlan plan,
        Sessions sessions,
        AccessPolicy policy,
        Supplier<Policy> declared,
        NameData names,
        RecentDenials denials,
        LogBook book,
        Function<String, @Nullable Long> octetsLeft,
        @Nullable RoomPorts room,
        Journal journal,
        LabClock clock,
        AskerSeal seal) {}
