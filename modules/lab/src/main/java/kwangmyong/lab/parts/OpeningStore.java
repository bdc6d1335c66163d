package kwangmyong.lab.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import kwangmyong.access.store.DatabaseStore;
import kwangmyong.access.store.FormerStateFile;
import kwangmyong.access.store.Store;
import kwangmyong.access.store.StoreConfig;
import kwangmyong.access.store.StoreException;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.config.LabDeclaration.StoreSection;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.outcome.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * The store, opened on a thread of its own beside the rest of a start. One that is in the lab's state already is opened before the configuration is
 * read, which then nearly always agrees.
 */
public final class OpeningStore {
    static final String USER = "KWM_STORE_USER";
    static final String PASSWORD = "KWM_STORE_PASSWORD";

    private final StateFolder state;
    private final @Nullable FutureTask<Store> early;

    public OpeningStore(StateFolder state) {
        this.state = state;
        this.early = DatabaseStore.isThere(state.store()) ? begun(StoreConfig.embedded(state.store())) : null;
    }

    /** The store as the lab declares it. */
    public Future<Store> as(LabDeclaration declaration) {
        FutureTask<Store> opened = early;
        StoreConfig declared = config(declaration, state);
        if (opened != null && declared.equals(StoreConfig.embedded(state.store()))) {
            return opened;
        } else if (opened != null) {
            giveBack(opened);
        }
        return begun(declared);
    }

    public static StoreConfig config(LabDeclaration declaration, StateFolder state) {
        StoreSection store = declaration.store();
        if (store.server() == null) {
            return new StoreConfig(state.store(), null, null, null, store.patience());
        }
        return new StoreConfig(
                state.store(),
                store.server(),
                store.user() == null ? System.getenv(USER) : store.user(),
                password(store),
                store.patience());
    }

    private static @Nullable String password(StoreSection store) {
        Path file = store.passwordFile();
        try {
            return file == null
                    ? System.getenv(PASSWORD)
                    : Files.readAllLines(file).stream().findFirst().orElse("");
        } catch (IOException unreadable) {
            throw new UsageException("store.password_file cannot be read: " + unreadable);
        }
    }

    private FutureTask<Store> begun(StoreConfig config) {
        var opening = new FutureTask<Store>(() -> {
            var former = new FormerStateFile(state.access());
            DatabaseStore store = DatabaseStore.open(config);
            former.takeOver(store);
            return store;
        });
        var thread = new Thread(opening, "kwm-store-open");
        thread.setDaemon(true);
        thread.start();
        return opening;
    }

    /** Closes a store once it is open; does no harm where it is closed already or could not be opened. */
    public static void giveBack(Future<Store> unwanted) {
        try {
            unwanted.get().close();
        } catch (ExecutionException neverOpened) {
            // nothing to give back
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for a store that is being opened.
     *
     * @throws StartException saying in one sentence why it cannot be used
     */
    public static Store await(Future<Store> opening) throws StartException {
        try {
            return opening.get();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            String why = cause instanceof StoreException ? String.valueOf(cause.getMessage()) : String.valueOf(cause);
            throw new StartException(why, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StartException("stopped while the store was opened", stopped);
        }
    }
}
