/**
 * The controller and services that run as processes of their own: one connection each, TLS in both directions, over which rules go as snapshots, sessions
 * as changes, log-ins as questions and journals as lines. Knows no service; a service knows only {@link kwangmyong.access.Controller}.
 */
@NullMarked
package kwangmyong.access.remote;

import org.jspecify.annotations.NullMarked;
