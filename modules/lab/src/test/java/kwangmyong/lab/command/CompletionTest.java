package kwangmyong.lab.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Bash itself completes. */
class CompletionTest {
    @TempDir
    private Path folder;

    @Command(name = "kwm")
    private static final class Root {}

    @ParameterizedTest
    @CsvSource({
        "kwm do, down",
        "kwm exp, explain",
        "kwm explain --ter, --terminal",
        "kwm status --la, --lab",
        "kwm down --he, --help",
    })
    void bashCompletesWhatWasBegun(String begun, String whole) throws Exception {
        assertThat(completed(begun)).contains(whole);
    }

    @Test
    void whatNothingBeginsWithIsNotCompleted() throws Exception {
        assertThat(completed("kwm xyz")).isEmpty();
    }

    private String completed(String line) throws Exception {
        var command = new CompletionCommand(() -> new CommandLine(new Root()).addSubcommand(new DownCommand()));
        Path script = Files.writeString(folder.resolve("kwm.bash"), command.script());
        String[] words = line.split(" ", -1);
        String ask = "source " + script + "; COMP_WORDS=(" + line + "); COMP_CWORD=" + (words.length - 1)
                + "; COMP_LINE='" + line + "'; COMP_POINT=" + line.length()
                + "; _complete_kwm; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "--norc", "-c", ask)
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).isZero();
        return said.strip();
    }
}
