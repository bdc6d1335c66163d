/**
 * The room as its supervisor sees it: who sits where, for how long and for how much, where they have been; bills and the book of a day. It must not know
 * the subjects' pages, which only show a bill by it.
 */
@NullMarked
package kwangmyong.portal.room;

import org.jspecify.annotations.NullMarked;
