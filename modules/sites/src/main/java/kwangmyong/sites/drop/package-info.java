/** Sites of files that operators drop, as they are. It must not know who drops them. */
@NullMarked
package kwangmyong.sites.drop;

import org.jspecify.annotations.NullMarked;
