package kwangmyong.access.api;

import java.util.List;

/** The rules in force and the places they know, as values. */
public interface Rules {
    /** Every rule in order of writing, each with at most {@link RuleView#SHOWN_NAMES} of its names. */
    List<RuleView> rules();

    /**
     * The rules of that id, with every name; a list that was imported is several.
     *
     * @throws OperationException when there is none
     */
    List<RuleView> rule(String id);

    /** Where terminals are plugged in, in order of declaration. */
    List<AttachmentView> attachments();
}
