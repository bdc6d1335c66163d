package kwangmyong.border;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Everyone who looks. */
final class Taps {
    private final List<Tap> taps = new ArrayList<>(1);

    void add(Tap tap) {
        taps.add(tap);
    }

    void remove(Tap tap) {
        taps.remove(tap);
    }

    void arrived(Side from, ByteBuffer octets, int at, int length, String comment, long now) {
        for (int i = 0; i < taps.size(); i++) {
            taps.get(i).packet(from, true, octets, at, length, comment, now);
        }
    }

    /** As {@link #arrived}, with what became of it; the words are joined where somebody looks. */
    void dropped(Side from, ByteBuffer octets, int at, int length, String comment, Dropped why, long now) {
        if (!taps.isEmpty()) {
            arrived(from, octets, at, length, comment.isEmpty() ? why.word() : comment + "; " + why.word(), now);
        }
    }

    void left(Side to, ByteBuffer octets, int at, int length, String comment, long now) {
        for (int i = 0; i < taps.size(); i++) {
            taps.get(i).packet(to, false, octets, at, length, comment, now);
        }
    }
}
