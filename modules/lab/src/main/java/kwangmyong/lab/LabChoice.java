package kwangmyong.lab;

import picocli.CommandLine.Option;

/** Which lab a command is about, for commands that do not name one in their own place. */
final class LabChoice {
    @Option(
            names = "--lab",
            paramLabel = "LAB",
            defaultValue = LabFolder.DEFAULT,
            description = "the lab it is about (default: ${DEFAULT-VALUE})")
    String lab = LabFolder.DEFAULT;

    LabFolder folder() {
        return LabFolder.find(lab);
    }

    StateFolder state() {
        return StateFolder.of(folder().name());
    }

    /** The running lab, or an exit with status 3 saying how to start it. */
    RunFile.About running() {
        return RunFile.read(state()).orElseThrow(() -> new NotRunningException(lab));
    }

    /** No lab runs; exit status 3. */
    static final class NotRunningException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotRunningException(String lab) {
            super(
                    "the lab '" + lab + "' is not running; start it with: kwm up"
                            + (lab.equals(LabFolder.DEFAULT) ? "" : " " + lab),
                    null,
                    false,
                    false);
        }
    }
}
