/** Bearer tokens of operators: made, kept as hashes, recognised, ended. It knows no socket and no HTTP. */
@NullMarked
package kwangmyong.access.token;

import org.jspecify.annotations.NullMarked;
