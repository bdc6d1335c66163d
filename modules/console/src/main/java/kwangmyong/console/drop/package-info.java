/** The operator's file drop over SFTP: a few folders of the lab's state, each with what may be done there. It knows paths and files, and no command. */
@NullMarked
package kwangmyong.console.drop;

import org.jspecify.annotations.NullMarked;
