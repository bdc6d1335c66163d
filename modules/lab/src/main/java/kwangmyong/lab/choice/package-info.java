/** Which lab a command is about. */
@NullMarked
package kwangmyong.lab.choice;

import org.jspecify.annotations.NullMarked;
