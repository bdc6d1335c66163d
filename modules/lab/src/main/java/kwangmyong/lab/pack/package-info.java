/** What runs, as one jar. */
@NullMarked
package kwangmyong.lab.pack;

import org.jspecify.annotations.NullMarked;
