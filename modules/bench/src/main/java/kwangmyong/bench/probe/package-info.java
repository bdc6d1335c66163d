/** What is asked of a tool that is up, by real programs at the terminal, and what their answers mean. It must not know how a tool is put up. */
@NullMarked
package kwangmyong.bench.probe;

import org.jspecify.annotations.NullMarked;
