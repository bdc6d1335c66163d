/**
 * What changes from one set of rules to another: decisions of both, for one of every kind of who, where, what and when that rules can tell apart. It knows
 * neither files nor how it is shown.
 */
@NullMarked
package kwangmyong.access.diff;

import org.jspecify.annotations.NullMarked;
