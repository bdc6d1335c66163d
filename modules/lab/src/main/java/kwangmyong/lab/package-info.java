/**
 * The {@code kwm} command, whose words the packages below carry out. This module reads the configuration and wires every service by constructors. Nothing
 * may depend on it; it must hold no behaviour that belongs to a feature.
 */
@NullMarked
package kwangmyong.lab;

import org.jspecify.annotations.NullMarked;
