/**
 * Library catalogues: records made from words and a seed, an index that knows Korean, a query language in which nothing is an error, and the
 * pages. It knows nothing of who may read it.
 */
@NullMarked
package kwangmyong.sites.library;

import org.jspecify.annotations.NullMarked;
