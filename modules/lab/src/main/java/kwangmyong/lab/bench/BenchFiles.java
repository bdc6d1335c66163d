package kwangmyong.lab.bench;

import java.nio.file.Path;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.lab.bench.document.Documents;
import kwangmyong.lab.bench.document.Reading;
import kwangmyong.lab.outcome.UsageException;

/** What the bench's files say, or every fault in them as one message. */
final class BenchFiles {
    private BenchFiles() {}

    /** An experiment with all that it names. @throws UsageException with every fault, one a line */
    static Experiment experiment(Path file) {
        Reading<Experiment> reading = Documents.experiment(file);
        if (reading instanceof Reading.Read<Experiment> read) {
            return read.value();
        }
        var faults = ((Reading.Faulty<Experiment>) reading).faults();
        var text =
                new StringBuilder(file + (faults.size() == 1 ? " has a fault" : " has " + faults.size() + " faults"));
        faults.forEach(fault -> text.append("\n  ").append(fault));
        throw new UsageException(text.toString());
    }
}
