package kwangmyong.lab.running;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code kwm} says to a running lab on the control socket that is no operator's command: it is between {@code kwm} and itself. */
public enum ControlWord {
    /** The lab goes down. */
    STOP,
    /** A process at a subject's terminal, to be entered by. */
    TERMINAL,
    /** Whether there is a way out of the lab's network. */
    LEAKS,
    /** A tour of the isolated mode, which only the lab itself can make. */
    TOUR,
    /** A capture at the border is begun or ended. */
    CAPTURE,
    /** Everything that the lab keeps goes to one file. */
    BACKUP;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The whole line. */
    public List<String> with(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(word()));
        line.addAll(arguments);
        return line;
    }

    /** The word that a line begins with; empty for an operator's command. */
    static Optional<ControlWord> of(List<String> line) {
        for (ControlWord each : values()) {
            if (!line.isEmpty() && line.get(0).equals(each.word())) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
