package kwangmyong.lab.files;

import java.util.List;
import java.util.Optional;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.config.LabReader;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.tour.TourPlan;
import kwangmyong.lab.tour.TourReader;
import kwangmyong.lab.yaml.Fault;
import kwangmyong.sites.SitesConfig;

/** What a lab's files say, or every fault in them as one message. */
public final class Declared {
    private Declared() {}

    /**
     * Reads a lab that is to run in loopback mode.
     *
     * @throws UsageException with every fault, one a line
     */
    public static LabDeclaration orExplain(LabFolder folder) {
        LabReader.Result result = LabReader.read(folder.file());
        if (result instanceof LabReader.Result.Faulty faulty) {
            throw faulty("the configuration", faulty.faults());
        }
        var read = (LabReader.Result.Read) result;
        if (!read.inLoopback().isEmpty()) {
            throw faulty("loopback mode", read.inLoopback());
        }
        return read.lab();
    }

    /**
     * Reads a lab's tour.
     *
     * @throws UsageException with every fault, one a line
     */
    public static TourPlan tourOrExplain(LabFolder folder) {
        TourReader.Result result = TourReader.read(folder.tour());
        if (result instanceof TourReader.Result.Faulty faulty) {
            throw faulty("the tour", faulty.faults());
        }
        return ((TourReader.Result.Read) result).plan();
    }

    /** Which sites a lab has; empty when it has none. */
    public static Optional<SitesConfig> sites(LabDeclaration lab) {
        return Optional.ofNullable(lab.sites());
    }

    private static UsageException faulty(String what, List<Fault> faults) {
        var text =
                new StringBuilder(what + (faults.size() == 1 ? " has a fault" : " has " + faults.size() + " faults"));
        faults.forEach(fault -> text.append("\n  ").append(fault));
        return new UsageException(text.toString());
    }
}
