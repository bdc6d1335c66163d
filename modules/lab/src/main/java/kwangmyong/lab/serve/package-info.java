/** One service of a lab as a process of its own. */
@NullMarked
package kwangmyong.lab.serve;

import org.jspecify.annotations.NullMarked;
