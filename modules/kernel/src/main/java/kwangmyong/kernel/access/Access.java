package kwangmyong.kernel.access;

import java.time.Instant;
import kwangmyong.kernel.session.Identity;

/**
 * One thing that somebody asks for: who, from where, in which layer, what action, on which resource, when.
 *
 * @param when by the lab's clock
 */
public record Access(Identity who, Layer layer, Action action, Resource resource, Instant when) {}
