/**
 * What happens at run time and outlives it: grants, sessions, people, what was used and paid. Plain records in and out, of which each is one row; what
 * they mean is the controller's business. Knows neither rules nor decisions.
 */
@NullMarked
package kwangmyong.access.store;

import org.jspecify.annotations.NullMarked;
