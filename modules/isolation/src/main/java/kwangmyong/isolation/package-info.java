/**
 * The namespaces of the isolated mode: one for the lab, one for each terminal, and no way out of any of them. It must not know what is
 * decided about whom, nor any other feature.
 */
@NullMarked
package kwangmyong.isolation;

import org.jspecify.annotations.NullMarked;
