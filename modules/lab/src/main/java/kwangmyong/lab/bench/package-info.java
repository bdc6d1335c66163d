/** The bench's commands, and a lab lent to it. */
@NullMarked
package kwangmyong.lab.bench;

import org.jspecify.annotations.NullMarked;
