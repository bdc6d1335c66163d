/**
 * Results made readable: one HTML file a run, and what changed from one run to another. Reads values of {@code kwangmyong.bench.result} and nothing
 * else; the same folder always yields the same octets. Knows neither labs nor tools.
 */
@NullMarked
package kwangmyong.bench.report;

import org.jspecify.annotations.NullMarked;
