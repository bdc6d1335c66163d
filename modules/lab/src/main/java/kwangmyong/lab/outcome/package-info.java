/** How a command ends: exit statuses, and what is thrown with one message for the person who typed it. */
@NullMarked
package kwangmyong.lab.outcome;

import org.jspecify.annotations.NullMarked;
