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
     * Puts everything in a dump into a store, as one group: all of it or nothing.
     *
     * @param replace whether what the store has already gives way; otherwise it must have nothing
     * @throws StoreException naming the line that cannot be read, or when the store is not empty
     */
    public static void restore(Path file, Store store, boolean replace) throws IOException {
        List<Change> changes =
                new ArrayList<>(everything(store).stream().map(Change::remove).toList());
        if (!changes.isEmpty() && !replace) {
            throw new StoreException(store.health().what() + " holds something already");
        }
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

    private static List<Kept> everything(Store store) {
        List<Kept> all = new ArrayList<>();
        Tables.ALL.forEach(table -> all.addAll(store.all(table.kind())));
        return all;
    }
}
