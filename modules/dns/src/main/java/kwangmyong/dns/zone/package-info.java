/**
 * Zones as data: names, record sets, master files and the checks that a zone must pass before it is served. It must not know messages,
 * sockets or decisions.
 */
@NullMarked
package kwangmyong.dns.zone;

import org.jspecify.annotations.NullMarked;
