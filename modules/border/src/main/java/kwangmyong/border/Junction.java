package kwangmyong.border;

import java.util.List;
import kwangmyong.border.link.LabNamespace;
import kwangmyong.border.link.Links;

/**
 * Where the border stands.
 *
 * @param namespace a network that holds its two links and nothing else
 * @param in the link to the inside
 * @param out the link to the world
 * @param far the other ends of both, where they are
 */
public record Junction(LabNamespace namespace, String in, String out, List<Links.End> far) {
    public Junction {
        far = List.copyOf(far);
    }
}
