package kwangmyong.border.link;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The two links of the border, open. */
public final class Links implements AutoCloseable {
    private static final String VETH = "veth";

    private final PacketRing inside;
    private final PacketRing outside;
    private final Doorbell doorbell;

    private Links(PacketRing inside, PacketRing outside, Doorbell doorbell) {
        this.inside = inside;
        this.outside = outside;
        this.doorbell = doorbell;
    }

    /**
     * Where a link is.
     *
     * @param link its name there
     */
    public record End(LabNamespace namespace, String link) {}

    /**
     * Opens both, in a network that holds nothing else, and has every end carry packets as they were sent.
     *
     * @param far the ends that lead there from elsewhere
     * @throws IOException when the network is none that the lab made for this
     */
    public static Links open(LabNamespace border, String in, String out, List<End> far) throws IOException {
        for (End end : far) {
            end.namespace().within(() -> {
                requireVeth(end.link());
                Ethtool.offloadsOff(end.link());
                return null;
            });
        }
        return border.within(() -> {
            Set<String> others = new TreeSet<>(LabNamespace.links());
            others.removeAll(Set.of("lo", in, out));
            if (!others.isEmpty()) {
                throw new IOException("the border's network has links that are not the border's: " + others);
            }
            requireVeth(in);
            requireVeth(out);
            Ethtool.offloadsOff(in);
            Ethtool.offloadsOff(out);
            return opened(in, out);
        });
    }

    private static void requireVeth(String link) throws IOException {
        String driver = Ethtool.driver(link);
        if (!driver.equals(VETH)) {
            throw new IOException("the link " + link + " is of " + driver + " and none that the lab made");
        }
    }

    private static Links opened(String in, String out) throws IOException {
        PacketRing inside = PacketRing.open(in);
        try {
            PacketRing outside = PacketRing.open(out);
            try {
                return new Links(inside, outside, new Doorbell(inside, outside));
            } catch (IOException failed) {
                outside.close();
                throw failed;
            }
        } catch (IOException failed) {
            inside.close();
            throw failed;
        }
    }

    public PacketRing inside() {
        return inside;
    }

    public PacketRing outside() {
        return outside;
    }

    public Doorbell doorbell() {
        return doorbell;
    }

    /** Where a direct buffer begins, for {@link PacketRing#send}. */
    public static long address(ByteBuffer direct) {
        return com.sun.jna.Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    @Override
    public void close() {
        inside.close();
        outside.close();
        doorbell.close();
    }
}
