/** What people write down for the bench: tools, regimes, conditions, experiments, as values. It must not know how any of it is carried out. */
@NullMarked
package kwangmyong.bench.recipe;

import org.jspecify.annotations.NullMarked;
