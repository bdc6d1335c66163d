/** How one comes and goes: who may have a session, log-ins by password, by key and for one connection, and the kernel's port to all of it. */
@NullMarked
package kwangmyong.access.entry;

import org.jspecify.annotations.NullMarked;
