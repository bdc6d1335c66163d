/**
 * The HTTP API for operators and their programs: one table of endpoints over the features' operations, from which routing, validation and the
 * OpenAPI description are all made, so that they cannot differ. It must not know a feature beyond its api package, and decides nothing.
 */
@NullMarked
package kwangmyong.api;

import org.jspecify.annotations.NullMarked;
