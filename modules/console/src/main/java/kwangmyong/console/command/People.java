package kwangmyong.console.command;

import kwangmyong.access.api.SubjectView;

/** What the commands about people say. */
final class People {
    private People() {}

    /** A subject as JSON, or a sentence. */
    static void show(CommandContext lab, Output output, SubjectView subject, String sentence) {
        if (output.isJson()) {
            Output.json(lab.invocation(), subject);
        } else {
            lab.println(Text.shown(sentence));
        }
    }
}
