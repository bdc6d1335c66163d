package kwangmyong.lab.choice;

import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import picocli.CommandLine.Parameters;

/** Which lab a command is about, for commands whose argument it is. */
public final class LabArgument {
    @Parameters(
            arity = "0..1",
            paramLabel = "LAB",
            defaultValue = LabFolder.DEFAULT,
            completionCandidates = LabNames.class,
            description = "the lab: a folder under lab-configs, or a path (default: ${DEFAULT-VALUE})")
    private String lab = LabFolder.DEFAULT;

    /** As it was typed. */
    public String typed() {
        return lab;
    }

    public LabFolder folder() {
        return LabFolder.find(lab);
    }

    public StateFolder state() {
        return StateFolder.of(folder().name());
    }
}
