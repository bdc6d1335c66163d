/** A whole experiment: which trial when, by whom, and the folder that comes of it. It must not know how a trial is run. */
@NullMarked
package kwangmyong.bench.run;

import org.jspecify.annotations.NullMarked;
