package kwangmyong.dns;

import java.net.InetAddress;
import java.time.Instant;

/**
 * One message's circumstances.
 *
 * @param address the asker's lab address
 * @param when by the lab's clock
 * @param decider how to ask what they may
 */
record Asker(Carrier carrier, InetAddress address, Instant when, Decider decider) {}
