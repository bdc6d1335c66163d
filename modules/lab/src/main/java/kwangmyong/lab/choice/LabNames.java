package kwangmyong.lab.choice;

import java.util.Iterator;
import kwangmyong.lab.files.LabFolder;

/** The labs that there are by name, for completion. */
public final class LabNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return LabFolder.names().iterator();
    }
}
