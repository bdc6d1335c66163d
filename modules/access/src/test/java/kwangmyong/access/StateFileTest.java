package kwangmyong.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kwangmyong.access.StateFile.SavedGrant;
import kwangmyong.access.StateFile.SavedSession;
import kwangmyong.access.StateFile.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateFileTest {
    private static final State STATE = State.of(
            List.of(new SavedGrant(
                    "g1",
                    "delegate",
                    "resident+world",
                    "2026-03-01T09:00:00Z",
                    "2026-03-01T10:00:00Z",
                    "대표단의 저녁",
                    "operator")),
            List.of(new SavedSession("s1", "resident", "10.76.10.11", "2026-03-01T09:00:00Z", null)),
            List.of("10.76.20.11"));

    @TempDir
    private Path directory;

    private StateFile file() {
        return new StateFile(directory.resolve("access"));
    }

    private Path path() {
        return directory.resolve("access").resolve(StateFile.NAME);
    }

    @Test
    void isEmptyBeforeTheFirstSaveAndAsSavedAfterIt() throws IOException {
        assertThat(file().load()).isEqualTo(State.EMPTY);

        file().save(STATE);

        assertThat(file().load()).isEqualTo(STATE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
    }

    @Test
    void aCrashWhileWritingLeavesTheOldState() throws IOException {
        file().save(STATE);
        Files.writeString(path().resolveSibling(StateFile.NAME + ".new"), "{\"version\":1,\"gra");

        assertThat(file().load()).isEqualTo(STATE);

        file().save(State.EMPTY);
        assertThat(file().load()).isEqualTo(State.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"version\":2,\"grants\":[],\"sessions\":[],\"emptySeats\":[]}",
                "{\"version\":1}"
            })
    void whatCannotBeReadIsSetAside(String content) throws IOException {
        file().save(STATE);
        Files.writeString(path(), content);

        assertThat(file().load()).isEqualTo(State.EMPTY);

        assertThat(path()).doesNotExist();
        try (Stream<Path> files = Files.list(path().getParent())) {
            assertThat(files).singleElement().satisfies(aside -> {
                assertThat(aside.getFileName().toString()).startsWith(StateFile.NAME + ".unreadable-");
                assertThat(Files.readString(aside)).isEqualTo(content);
            });
        }
    }

    @Test
    void damageGivesAStateOrSetsTheFileAsideAndThrowsNothing() throws IOException {
        file().save(STATE);
        byte[] whole = Files.readAllBytes(path());
        long seed = Long.getLong("kwm.seed", System.nanoTime());
        var random = new Random(seed);
        for (int turn = 0; turn < 60; turn++) {
            byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            Files.write(path(), damaged);
            State state = file().load();
            assertThat(state.isWhole())
                    .as("seed %d: %s", seed, new String(damaged, StandardCharsets.UTF_8))
                    .isTrue();
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsSaid() throws IOException {
        Files.writeString(directory.resolve("access"), "a file where the directory should be");

        assertThatThrownBy(() -> file().save(STATE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot save");
    }
}
