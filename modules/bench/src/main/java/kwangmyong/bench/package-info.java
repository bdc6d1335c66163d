/** Circumvention tools against regimes. It must not know a feature beyond its api package, nor how a lab is made. */
@NullMarked
package kwangmyong.bench;

import org.jspecify.annotations.NullMarked;
