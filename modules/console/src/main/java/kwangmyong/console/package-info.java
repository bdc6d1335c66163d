/** The operator's SSH console and file drop. It must not know a feature beyond its api package. */
@NullMarked
package kwangmyong.console;

import org.jspecify.annotations.NullMarked;
