/**
 * The book of a room: a bill for each session that ends, and where somebody has been, both kept in the journal and read back from it. It knows nothing
 * of how sessions are made or rules decide.
 */
@NullMarked
package kwangmyong.access.book;

import org.jspecify.annotations.NullMarked;
