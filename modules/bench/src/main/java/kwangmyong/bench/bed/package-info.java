/** What a trial needs of a lab: places where programs run, the journal, the border, tokens in the world. It must not know what a trial is. */
@NullMarked
package kwangmyong.bench.bed;

import org.jspecify.annotations.NullMarked;
