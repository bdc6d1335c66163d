/** The parts that a lab is put together from, by what it declares, whether they run in one process or in several. */
@NullMarked
package kwangmyong.lab.parts;

import org.jspecify.annotations.NullMarked;
