/**
 * The tour: asks as every subject for every kind of thing, over the wire like any stranger's program, and holds what came against what tour.yaml
 * promises. It knows the lab's addresses and demonstration passwords, and nothing of its rules.
 */
@NullMarked
package kwangmyong.lab.tour;

import org.jspecify.annotations.NullMarked;
