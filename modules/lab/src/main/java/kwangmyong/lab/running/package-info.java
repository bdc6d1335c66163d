/** A lab that runs: put together, started, asked by {@code kwm}, stopped. */
@NullMarked
package kwangmyong.lab.running;

import org.jspecify.annotations.NullMarked;
