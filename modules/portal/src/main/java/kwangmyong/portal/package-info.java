/** The subject's and the operator's pages: log-in, café, mailbox, API and dashboard. It must not know a feature beyond its api package. */
@NullMarked
package kwangmyong.portal;

import org.jspecify.annotations.NullMarked;
