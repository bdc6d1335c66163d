/** What the access controller is told of accounts and limits. */
@NullMarked
package kwangmyong.access.config;

import org.jspecify.annotations.NullMarked;
