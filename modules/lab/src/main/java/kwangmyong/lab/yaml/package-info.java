/**
 * YAML in which every value knows the file, line and column it was written at, and the checks that need no more than that: syntax,
 * {@code extends}, JSON Schema. It knows nothing of labs.
 */
@NullMarked
package kwangmyong.lab.yaml;

import org.jspecify.annotations.NullMarked;
