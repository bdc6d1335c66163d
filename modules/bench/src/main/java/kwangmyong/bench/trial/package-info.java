/** One trial: a tool put up, probed and taken down on a bed. It must not know how the bed is made, nor which trial comes next. */
@NullMarked
package kwangmyong.bench.trial;

import org.jspecify.annotations.NullMarked;
