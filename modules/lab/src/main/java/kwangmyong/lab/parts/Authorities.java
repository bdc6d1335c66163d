package kwangmyong.lab.parts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kwangmyong.net.tls.Authority;

/**
 * The lab's certificate authorities.
 *
 * @param garden for what is inside
 * @param world for what is outside
 * @param interception for what pretends to be outside
 */
public record Authorities(Authority garden, Authority world, Authority interception) {
    /** What the world's is kept as, and called. */
    public static final String WORLD = "world";

    public static final String WORLD_TITLE = "Kwangmyong Lab world authority";

    public static Authorities open(Path keys) throws IOException {
        return new Authorities(
                Authority.open(keys, "garden", "Kwangmyong Lab garden authority"),
                Authority.open(keys, WORLD, WORLD_TITLE),
                Authority.open(keys, "interception", "Kwangmyong Lab interception authority"));
    }

    public List<Path> exportTo(Path directory) throws IOException {
        return List.of(garden.exportTo(directory), world.exportTo(directory), interception.exportTo(directory));
    }
}
