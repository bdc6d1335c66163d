/** A lab's rules and zones as they are written, without a lab that runs. */
@NullMarked
package kwangmyong.lab.policy;

import org.jspecify.annotations.NullMarked;
