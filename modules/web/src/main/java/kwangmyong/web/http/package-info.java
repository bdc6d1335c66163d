/** A request and its reply as values, and which page answers which path. It knows neither sockets nor templates. */
@NullMarked
package kwangmyong.web.http;

import org.jspecify.annotations.NullMarked;
