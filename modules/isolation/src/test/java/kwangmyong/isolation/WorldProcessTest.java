package kwangmyong.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import kwangmyong.kernel.service.Health;
import kwangmyong.kernel.service.Service.StartException;
import org.junit.jupiter.api.Test;

final class WorldProcessTest {
    private static WorldProcess saying(String script) throws IOException {
        return WorldProcess.over(
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start());
    }

    @Test
    void itsHealthSaysWhenItHasEnded() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "echo '" + World.READY + "'; exec cat").start();
        WorldProcess world = WorldProcess.over(process);
        world.start();
        assertThat(world.health()).isEqualTo(Health.UP);
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(world.health()).isEqualTo(new Health(Health.State.DOWN, "the world has ended"));
        assertThatThrownBy(() -> world.tell(World.RELOAD)).isInstanceOf(IOException.class);
        world.stop();
        assertThat(world.health()).isEqualTo(Health.DOWN);
    }

    @Test
    void saysWhyItDoesNotBegin() throws Exception {
        WorldProcess world = saying("echo no such zone; exit 3");
        assertThatThrownBy(world::start)
                .isInstanceOf(StartException.class)
                .hasMessage("the world cannot be served: no such zone");
        assertThat(world.health()).isEqualTo(Health.DOWN);
    }
}
