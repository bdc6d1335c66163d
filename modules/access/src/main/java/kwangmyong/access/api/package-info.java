/** The access controller's operations as values, for the console, {@code kwm}, the pages and the HTTP API to render. It knows none of them. */
@NullMarked
package kwangmyong.access.api;

import org.jspecify.annotations.NullMarked;
