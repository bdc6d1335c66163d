/** What pages share: languages, the layout and its stylesheet, forms that only their own page can send, error pages. It does not know what the pages are about. */
@NullMarked
package kwangmyong.web.page;

import org.jspecify.annotations.NullMarked;
