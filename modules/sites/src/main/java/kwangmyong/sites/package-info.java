/** What there is to read: library catalogues, news mirrors, the .kp sites and the simulated world. It must not know how decisions are made, nor any other feature. */
@NullMarked
package kwangmyong.sites;

import org.jspecify.annotations.NullMarked;
