/** News sites: what was received each day, what the editor let pass, and its pages and feeds. */
@NullMarked
package kwangmyong.sites.news;

import org.jspecify.annotations.NullMarked;
