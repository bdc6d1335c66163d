/** What a lab has on disk: the folder that declares it, and the folder that it keeps its state in. */
@NullMarked
package kwangmyong.lab.files;

import org.jspecify.annotations.NullMarked;
