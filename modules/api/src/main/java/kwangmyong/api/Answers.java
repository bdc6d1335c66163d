package kwangmyong.api;

import java.util.List;
import kwangmyong.access.api.LabControl.Part;
import kwangmyong.access.api.Status;

/** What the API gives beside the values of the features: as the console's {@code --json} spells it. */
final class Answers {
    private Answers() {}

    record LabStatus(Status access, List<Part> lab) {}

    /** @param now with the zone's offset, to the second */
    record Time(String now) {}

    record LoggedOut(String terminal, boolean ended) {}

    record Forgiven(String who, boolean forgiven) {}
}
