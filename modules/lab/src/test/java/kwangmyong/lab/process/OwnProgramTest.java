package kwangmyong.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import kwangmyong.lab.Kwm;
import org.junit.jupiter.api.Test;

class OwnProgramTest {
    @Test
    void theCommandIsWhatScriptsStart() {
        assertThat(OwnProgram.MAIN).isEqualTo(Kwm.class.getName());
    }

    @Test
    void anotherOfItsKindHasTheSameOptionsAndNothingThatThisAloneWasTold() {
        String own = "java\0-Xmx192m\0-Dkwm.ready=/dev/fd/9\0-cp\0kwm.jar\0" + OwnProgram.MAIN + "\0up\0--detach\0";
        assertThat(OwnProgram.words(own, List.of("serve", "world")))
                .containsExactly("java", "-Xmx192m", "-cp", "kwm.jar", OwnProgram.MAIN, "serve", "world");
    }

    @Test
    void aProcessThatWasStartedOtherwiseStartsNothing() {
        assertThatThrownBy(() -> OwnProgram.words("java\0org.example.Main\0", List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(OwnProgram.MAIN);
    }
}
