/** What surfaces may do with the border and see of it: conditions, captures, counts. Values, and no packet. */
@NullMarked
package kwangmyong.border.api;

import org.jspecify.annotations.NullMarked;
