/** The commands of {@code kwm} that no other package has. */
@NullMarked
package kwangmyong.lab.command;

import org.jspecify.annotations.NullMarked;
