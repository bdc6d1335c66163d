/** Reads what people write for the bench, and lends it a lab to run trials in. */
@NullMarked
package kwangmyong.lab.bench;

import org.jspecify.annotations.NullMarked;
