/** What every site has in common: who visits, the frame around a page, and how replies are kept by caches. */
@NullMarked
package kwangmyong.sites.page;

import org.jspecify.annotations.NullMarked;
