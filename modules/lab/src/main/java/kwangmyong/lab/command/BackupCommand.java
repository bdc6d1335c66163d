package kwangmyong.lab.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import kwangmyong.lab.choice.LabChoice;
import kwangmyong.lab.control.Interpreter.Screen;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.running.ControlWord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        header = "Write everything that a running lab keeps to one file.",
        description = "What happened at run time, mail, the journal, keys. Whoever can read the file can be the lab.",
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:fine",
            "1:it could not be written",
            "2:bad usage or configuration",
            "3:the lab is not running"
        },
        footer = {"  kwm backup monday.kwm", "  kwm down", "  kwm restore monday.kwm --force"})
public final class BackupCommand implements Callable<Integer> {
    @Mixin
    LabChoice choice = new LabChoice();

    @Parameters(paramLabel = "FILE", description = "replaced when the backup is whole")
    @Nullable
    Path file;

    @Override
    public Integer call() {
        if (file == null) {
            throw new UsageException("which file is missing");
        }
        String path = file.toAbsolutePath().normalize().toString();
        return choice.ask(Screen.PIPE, ControlWord.BACKUP.with(List.of(path)));
    }
}
