/** Explanations: the decision of every layer for a subject and a target, with or without a running lab. It knows nothing of how it is shown. */
@NullMarked
package kwangmyong.access.explain;

import org.jspecify.annotations.NullMarked;
