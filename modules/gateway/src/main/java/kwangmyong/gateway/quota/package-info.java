/**
 * What each subject may use of the gateway in an hour or a day of the lab's: rules, and the meter that counts. Knows no socket; what is counted and what becomes
 * of who has used it up is the gateway's.
 */
@NullMarked
package kwangmyong.gateway.quota;

import org.jspecify.annotations.NullMarked;
