/**
 * What a run left behind, as values: the trials, the experiment as it was run, and the folder that both are in. Written by whoever runs an
 * experiment, read by reports and comparisons; one codec for both. Knows nothing of how a trial is run or shown.
 */
@NullMarked
package kwangmyong.bench.result;

import org.jspecify.annotations.NullMarked;
