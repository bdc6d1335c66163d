/** The clearance lattice: levels, compartments and the order between them. It knows nothing of people, places or rules. */
@NullMarked
package kwangmyong.kernel.clearance;

import org.jspecify.annotations.NullMarked;
