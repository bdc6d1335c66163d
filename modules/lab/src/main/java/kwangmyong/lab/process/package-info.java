/** This process: how it was started, what it says of itself, where it logs. */
@NullMarked
package kwangmyong.lab.process;

import org.jspecify.annotations.NullMarked;
