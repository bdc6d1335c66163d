/**
 * The operator's commands: an argument list in, text or JSON and an exit status out. The SSH console and {@code kwm} both run them here. Knows no
 * socket, and of the features only their api packages.
 */
@NullMarked
package kwangmyong.console.command;

import org.jspecify.annotations.NullMarked;
