/** Answers that were given once, ready to be given again. It must not know how an answer is found, nor who asks. */
@NullMarked
package kwangmyong.dns.prepared;

import org.jspecify.annotations.NullMarked;
