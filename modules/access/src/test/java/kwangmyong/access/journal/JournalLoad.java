package kwangmyong.access.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import kwangmyong.access.journal.JournalConfig.Rotation;
import kwangmyong.testkit.SettableClock;

/** Writes to a journal until it is killed, and prints the resource of each forced event once it is told that it is on disk. */
final class JournalLoad {
    private static final int AT_ONCE = 32;

    private JournalLoad() {}

    public static void main(String[] arguments) throws Exception {
        var open = new Semaphore(AT_ONCE);
        JournalConfig config =
                JournalConfig.under(Path.of(arguments[0])).with(new Rotation(Long.parseLong(arguments[2]), false, 0));
        JournalFile journal = JournalFile.open(config, () -> Events.LATTICE, new SettableClock());
        for (int i = 0; ; i++) {
            String name = "round" + arguments[1] + "-" + i + ".kp";
            journal.record(Events.denied("trader", name));
            open.acquire();
            journal.force(Events.allowed("academic", name)).thenRun(() -> {
                // One write a line, so that a kill cannot cut the line that says so.
                System.out.write((name + " A\n").getBytes(StandardCharsets.UTF_8), 0, name.length() + 3);
                System.out.flush();
                open.release();
            });
        }
    }
}
