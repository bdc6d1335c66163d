/** A telephone directory of invented offices and people. */
@NullMarked
package kwangmyong.sites.directory;

import org.jspecify.annotations.NullMarked;
