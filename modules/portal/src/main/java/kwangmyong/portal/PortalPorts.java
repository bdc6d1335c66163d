package kwangmyong.portal;

import java.util.function.Supplier;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.NameData;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.service.LabClock;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.kernel.session.Sessions;

/**
 * What the portal asks of the rest of the lab.
 *
 * @param declared the rules in force, for telling people what they may reach
 * @param names for naming pages that are there
 * @param denials what was lately denied
 */
public record PortalPorts(
        AddressPlan plan,
        Sessions sessions,
        AccessPolicy policy,
        Supplier<Policy> declared,
        NameData names,
        RecentDenials denials,
        Journal journal,
        LabClock clock,
        AskerSeal seal) {}
