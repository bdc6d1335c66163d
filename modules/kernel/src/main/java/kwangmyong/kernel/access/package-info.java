/** One access and its decision, and the port through which every service asks. It knows no protocol. */
@NullMarked
package kwangmyong.kernel.access;

import org.jspecify.annotations.NullMarked;
