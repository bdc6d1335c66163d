package kwangmyong.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kwangmyong.lab.GardenExtension.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people who start the same lab at the same time. */
final class StartIT {
    private static Outcome up(Path state, String offset) {
        try {
            return GardenExtension.run(state, GardenExtension.command("up", "--detach", "--offset", offset));
        } catch (java.io.IOException | InterruptedException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void whoComesSecondWaitsForTheFirst(@TempDir Path folder) throws Exception {
        Path state = Files.createDirectory(folder.resolve("state"));
        String offset = Integer.toString(GardenExtension.freeOffset());
        try {
            CompletableFuture<Outcome> one = CompletableFuture.supplyAsync(() -> up(state, offset));
            CompletableFuture<Outcome> other = CompletableFuture.supplyAsync(() -> up(state, offset));
            Outcome first = (Outcome) CompletableFuture.anyOf(one, other).join();
            Outcome status = GardenExtension.run(state, GardenExtension.command("status"));

            assertThat(first.status()).as(first.output()).isZero();
            assertThat(status.status())
                    .as("whoever is told first, it is ready: " + status.output())
                    .isZero();
            List<Outcome> both = List.of(one.join(), other.join());
            assertThat(both).allMatch(outcome -> outcome.status() == 0);
            assertThat(both)
                    .filteredOn(outcome -> outcome.output().contains("already"))
                    .hasSize(1);
        } finally {
            GardenExtension.run(state, GardenExtension.command("down"));
        }
    }
}
