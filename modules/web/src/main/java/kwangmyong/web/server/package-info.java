/** HTTP and HTTPS listeners over Vert.x: sockets, limits, hosts, TLS. All of the project's use of Vert.x is here. It does not decide who may see what. */
@NullMarked
package kwangmyong.web.server;

import org.jspecify.annotations.NullMarked;
