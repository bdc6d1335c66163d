/** Reads the bench's files: experiments, regimes, tools. */
@NullMarked
package kwangmyong.lab.bench.document;

import org.jspecify.annotations.NullMarked;
