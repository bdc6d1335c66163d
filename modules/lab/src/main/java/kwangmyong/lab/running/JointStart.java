package kwangmyong.lab.running;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.lab.parts.Undo;
import org.jspecify.annotations.Nullable;

/** Starts services together, each on a thread of its own: a start is mostly the loading of classes, which no service waits for in another. */
final class JointStart {
    private JointStart() {}

    /**
     * Starts every service.
     *
     * @param undo stops those that started
     * @param started is told of them in their order
     * @throws StartException what the first that cannot start says, once every other has started or failed
     */
    static void of(List<Service> together, Undo undo, List<Service> started) throws StartException {
        List<CompletableFuture<@Nullable StartException>> starting = new ArrayList<>();
        for (Service service : together) {
            starting.add(CompletableFuture.supplyAsync(
                    () -> failure(service), task -> new Thread(task, "kwm-start-" + service.name()).start()));
        }
        StartException first = null;
        for (int i = 0; i < together.size(); i++) {
            StartException failed = starting.get(i).join();
            if (failed == null) {
                undo.add(together.get(i)::stop);
                started.add(together.get(i));
            } else if (first == null) {
                first = failed;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable StartException failure(Service service) {
        try {
            service.start();
            return null;
        } catch (StartException failed) {
            return failed;
        }
    }
}
