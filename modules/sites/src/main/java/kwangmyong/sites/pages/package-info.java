/** Sites of written pages. */
@NullMarked
package kwangmyong.sites.pages;

import org.jspecify.annotations.NullMarked;
