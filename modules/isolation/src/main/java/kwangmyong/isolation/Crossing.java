package kwangmyong.isolation;

import java.nio.file.Path;

/**
 * Where the lab and the world are joined, each path a network such as {@code /proc/1234/ns/net}. Nothing passes between the two unless somebody carries it from one link
 * of {@code network} to the other.
 *
 * @param network holds the links {@value #IN} and {@value #OUT}, and nothing else
 * @param lab has the far end of the first, {@value NetworkPlan#TO_WORLD}
 * @param world has the far end of the second, {@value NetworkPlan#OWN}
 */
public record Crossing(Path network, Path lab, Path world) {
    public static final String IN = "in";
    public static final String OUT = "out";
    public static final String LAB_END = NetworkPlan.TO_WORLD;
    public static final String WORLD_END = NetworkPlan.OWN;
}
