package kwangmyong.console.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import kwangmyong.border.api.Border;
import kwangmyong.border.api.BorderView;
import kwangmyong.border.api.Capture;
import kwangmyong.border.api.Condition;

/** Remembers what it was told. */
final class ScriptedBorder implements Border {
    private final Map<String, Condition> conditions = new TreeMap<>();
    private final Map<String, Long> dropped = new TreeMap<>(Map.of("denied", 7L));

    @Override
    public void reset(long seed) {
        dropped.put("seed" + seed, 1L);
    }

    @Override
    public void condition(Condition condition) {
        conditions.put(BorderView.LINK, condition);
    }

    @Override
    public void condition(String attachment, Condition condition) {
        conditions.put(attachment, condition);
    }

    @Override
    public Capture capture(Path file, long most) throws IOException {
        throw new IOException("not here");
    }

    @Override
    public BorderView view() {
        return new BorderView(3, 9, 4, 0, 5, 6, 4, dropped, conditions);
    }
}
