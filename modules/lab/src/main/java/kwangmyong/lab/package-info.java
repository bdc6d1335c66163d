/** Reads the configuration, wires every service by constructors, and is the kwm command. Nothing may depend on it; it must hold no behaviour that belongs to a feature. */
@NullMarked
package kwangmyong.lab;

import org.jspecify.annotations.NullMarked;
