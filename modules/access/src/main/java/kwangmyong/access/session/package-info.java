/** Who is where, and until when: the tables that every request reads and turns of sessions change. */
@NullMarked
package kwangmyong.access.session;

import org.jspecify.annotations.NullMarked;
