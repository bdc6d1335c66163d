package kwangmyong.bench.run;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kwangmyong.bench.result.Expectation;
import kwangmyong.bench.result.Outcome;
import kwangmyong.bench.result.Trial;

/** Trials as test cases, for continuous integration. Only an expectation can fail; what was not tried, or failed by itself, is skipped. A leak is an error, whatever came of the trial. */
final class JUnitXml {
    private JUnitXml() {}

    static String of(String name, List<Trial> trials, List<Expectation> expectations) {
        var cases = new StringBuilder();
        int failures = 0;
        int leaking = 0;
        int skipped = 0;
        double seconds = 0;
        for (Trial trial : trials) {
            Optional<Expectation> broken = broken(trial, expectations);
            double took = took(trial);
            seconds += took;
            cases.append("  <testcase classname=\"%s\" name=\"%s\" time=\"%s\""
                    .formatted(
                            escaped(trial.regime() + "." + trial.condition()),
                            escaped(trial.tool() + " " + trial.repetition()),
                            number(took)));
            if (!trial.waysOut().isEmpty()) {
                leaking++;
                String found = String.join("; ", trial.waysOut());
                cases.append(">\n    <error message=\"leak: %s\"/>\n  </testcase>\n".formatted(escaped(found)));
            } else if (broken.isPresent()) {
                failures++;
                cases.append(">\n    <failure message=\"expected: %s, found: %s\">%s</failure>\n  </testcase>\n"
                        .formatted(
                                broken.get().outcome().word(), trial.outcome().word(), escaped(trial.why())));
            } else if (trial.outcome() == Outcome.SKIPPED || trial.outcome() == Outcome.ERROR) {
                skipped++;
                cases.append(">\n    <skipped message=\"%s\"/>\n  </testcase>\n"
                        .formatted(escaped(trial.outcome().word() + ": " + trial.why())));
            } else {
                cases.append(">\n    <system-out>%s</system-out>\n  </testcase>\n"
                        .formatted(escaped(trial.outcome().word() + ": " + trial.why())));
            }
        }
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="%s" tests="%d" failures="%d" errors="%d" skipped="%d" time="%s">
                %s</testsuite>
                """.formatted(escaped(name), trials.size(), failures, leaking, skipped, number(seconds), cases);
    }

    static Optional<Expectation> broken(Trial trial, List<Expectation> expectations) {
        return expectations.stream()
                .filter(expectation -> expectation.speaksOf(trial) && !expectation.isMetBy(trial))
                .findFirst();
    }

    private static double took(Trial trial) {
        return trial.begun() == null || trial.ended() == null
                ? 0
                : java.time.Duration.between(trial.begun(), trial.ended()).toMillis() / 1e3;
    }

    private static String number(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    /** Characters that XML 1.0 §2.2 does not have become a sign for something unknown. */
    private static String escaped(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD]", "\uFFFD")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
