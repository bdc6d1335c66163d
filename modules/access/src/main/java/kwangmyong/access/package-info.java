/** The access controller: accounts, sessions, grants, metering and rules behind the kernel's ports. It must not know sockets, protocols or any other feature. */
@NullMarked
package kwangmyong.access;

import org.jspecify.annotations.NullMarked;
