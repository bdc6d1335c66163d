/** The life of a service, and the lab's clock. */
@NullMarked
package kwangmyong.kernel.service;

import org.jspecify.annotations.NullMarked;
