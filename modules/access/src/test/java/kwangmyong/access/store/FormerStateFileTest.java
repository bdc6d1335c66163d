package kwangmyong.access.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FormerStateFileTest {
    private static final String WRITTEN = """
            {"version":1,"grants":[{"id":"g1","subject":"delegate","added":"resident+world","from":"2026-03-01T09:00:00Z",\
            "until":"2026-03-01T10:00:00Z","reason":"대표단의 저녁","by":"operator"}],\
            "sessions":[{"id":"s1","subject":"resident","terminal":"10.76.10.11","since":"2026-03-01T09:00:00Z","until":null}],\
            "emptySeats":["10.76.20.11"]}""";

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore();

    @Test
    void whatIsInItIsTakenOverOnce() throws IOException {
        Files.writeString(folder.resolve(FormerStateFile.NAME), WRITTEN);

        new FormerStateFile(folder).takeOver(store);

        Instant nine = Instant.parse("2026-03-01T09:00:00Z");
        assertThat(StoreContract.everything(store))
                .containsExactlyInAnyOrder(
                        new Kept.Grant(
                                "g1",
                                "delegate",
                                "resident+world",
                                nine,
                                nine.plusSeconds(3600),
                                "대표단의 저녁",
                                "operator"),
                        new Kept.Session("s1", "resident", "10.76.10.11", nine, null),
                        new Kept.EmptySeat("10.76.20.11"));
        assertThat(folder.resolve(FormerStateFile.NAME)).doesNotExist();
        assertThat(folder.resolve(FormerStateFile.NAME + ".taken-over")).hasContent(WRITTEN);
        new FormerStateFile(folder).takeOver(store);
    }

    @Test
    void staysWhereItIsUntilTheStoreHasIt() throws IOException {
        Files.writeString(folder.resolve(FormerStateFile.NAME), WRITTEN);
        store.away(true);

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new FormerStateFile(folder).takeOver(store))
                .isInstanceOf(StoreAwayException.class);

        assertThat(folder.resolve(FormerStateFile.NAME)).hasContent(WRITTEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"version\":2,\"grants\":[],\"sessions\":[],\"emptySeats\":[]}",
                "{\"version\":1}",
                "{\"version\":1,\"grants\":[],\"sessions\":[],\"emptySeats\":[\"no address\"]}"
            })
    void whatCannotBeReadIsSetAside(String content) throws IOException {
        Files.writeString(folder.resolve(FormerStateFile.NAME), content);

        new FormerStateFile(folder).takeOver(store);

        assertThat(StoreContract.everything(store)).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).singleElement().satisfies(aside -> {
                assertThat(aside.getFileName().toString()).startsWith(FormerStateFile.NAME + ".unreadable-");
                assertThat(Files.readString(aside)).isEqualTo(content);
            });
        }
    }

    @Test
    void damageIsTakenOrSetAsideAndThrowsNothing() throws IOException {
        byte[] whole = WRITTEN.getBytes(StandardCharsets.UTF_8);
        long seed = Long.getLong("kwm.seed", System.nanoTime());
        var random = new Random(seed);
        for (int turn = 0; turn < 60; turn++) {
            byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            Files.write(folder.resolve(FormerStateFile.NAME), damaged);
            new FormerStateFile(folder).takeOver(new MemoryStore());
            assertThat(folder.resolve(FormerStateFile.NAME))
                    .as("seed %d: %s", seed, new String(damaged, StandardCharsets.UTF_8))
                    .doesNotExist();
        }
    }
}
