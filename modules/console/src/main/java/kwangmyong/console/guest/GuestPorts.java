package kwangmyong.console.guest;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.function.Supplier;
import kwangmyong.access.api.Entrance;
import kwangmyong.access.api.LogBook;
import kwangmyong.access.api.Operations;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.Sessions;

/**
 * What logging in over SSH asks of the rest of the lab.
 *
 * @param policy told of changes, after which somebody may be there no longer
 * @param declared the rules in force, for telling people what they may reach
 * @param names for naming pages that are there
 * @param book bills, for whoever had to pay one
 * @param kept the file of the sessions that connections hold, so that a killed lab's do not outlive it
 */
public record GuestPorts(
        Entrance entrance,
        Operations operations,
        Sessions sessions,
        AccessPolicy policy,
        Supplier<Policy> declared,
        NameData names,
        LogBook book,
        AddressPlan plan,
        LabClock clock,
        ZoneId zone,
        Path kept) {}
