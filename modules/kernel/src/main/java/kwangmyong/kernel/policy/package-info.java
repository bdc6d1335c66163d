/** What a lab declares: subjects, rules, grants, who may write to whom. Values only; who evaluates them is elsewhere. */
@NullMarked
package kwangmyong.kernel.policy;

import org.jspecify.annotations.NullMarked;
