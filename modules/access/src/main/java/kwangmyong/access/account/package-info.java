/** Proofs of identity: passwords and keys, what slows guessing. It knows neither sessions nor rules. */
@NullMarked
package kwangmyong.access.account;

import org.jspecify.annotations.NullMarked;
