package kwangmyong.access.store;

import java.nio.file.Path;

final class MemoryStoreTest extends StoreContract {
    private final MemoryStore kept = new MemoryStore();

    @Override
    Store open(Path own) {
        return kept;
    }
}
