package kwangmyong.access.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes back what {@link Store#dump} wrote, into any store. */
public final class Dump {
    private Dump() {}

    /**
     * Puts everything in a dump into a store, as one group: all of it or nothing. What the store has under other ids stays.
     *
     * @throws StoreException naming the line that cannot be read
     */
    public static void restore(Path file, Store store) throws IOException {
        List<Change> changes = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    changes.add(Change.put(DumpLine.parse(line)));
                } catch (StoreException | IllegalArgumentException bad) {
                    throw new StoreException(file.getFileName() + ", line " + number + ": " + bad.getMessage(), bad);
                }
            }
        }
        store.commit(changes);
    }
}
