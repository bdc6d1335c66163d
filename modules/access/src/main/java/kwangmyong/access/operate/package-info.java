/** What operators ask and change: people, grants, sessions, and what is shown of them. */
@NullMarked
package kwangmyong.access.operate;

import org.jspecify.annotations.NullMarked;
