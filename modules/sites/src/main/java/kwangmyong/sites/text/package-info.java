/** Words in two languages, and the small markup in which pages and articles are written. Pure. */
@NullMarked
package kwangmyong.sites.text;

import org.jspecify.annotations.NullMarked;
