package kwangmyong.lab.bench.document;

import java.util.List;
import kwangmyong.lab.yaml.Fault;

/** What came of reading a file. */
public sealed interface Reading<T> {
    /** It is sound. */
    record Read<T>(T value) implements Reading<T> {}

    /** It is not; by position, at least one. */
    record Faulty<T>(List<Fault> faults) implements Reading<T> {}
}
