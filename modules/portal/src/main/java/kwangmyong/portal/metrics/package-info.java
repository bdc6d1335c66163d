/**
 * Numbers and health of the running lab for whoever operates the machine: Prometheus' text, health, a page. It sees services as the kernel's port shows
 * them and events on their way to the journal; it must not know any service.
 */
@NullMarked
package kwangmyong.portal.metrics;

import org.jspecify.annotations.NullMarked;
