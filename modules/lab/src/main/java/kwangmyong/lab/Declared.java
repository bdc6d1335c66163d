package kwangmyong.lab;

import java.util.List;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.config.LabReader;
import kwangmyong.lab.yaml.Fault;

/** A lab's declaration, or every fault in it as one message. */
final class Declared {
    private Declared() {}

    /**
     * Reads a lab.
     *
     * @throws UsageException with every fault, one a line
     */
    static LabDeclaration orExplain(LabFolder folder) {
        LabReader.Outcome outcome = LabReader.read(folder.file());
        if (outcome instanceof LabReader.Read read) {
            return read.declaration();
        }
        throw new UsageException(explain(((LabReader.Faulty) outcome).faults()));
    }

    private static String explain(List<Fault> faults) {
        var text = new StringBuilder(faults.size() == 1 ? "the configuration has a fault" : "the configuration has " + faults.size() + " faults");
        faults.forEach(fault -> text.append("\n  ").append(fault));
        return text.toString();
    }
}
