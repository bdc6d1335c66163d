/** Connections that subjects ask to have carried on for them: to the lab's gateway and nowhere else. It opens no other socket. */
@NullMarked
package kwangmyong.console.forward;

import org.jspecify.annotations.NullMarked;
