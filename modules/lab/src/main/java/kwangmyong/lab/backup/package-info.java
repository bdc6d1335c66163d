/** A lab's state as one file, written and taken back. */
@NullMarked
package kwangmyong.lab.backup;

import org.jspecify.annotations.NullMarked;
