package kwangmyong.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manual holds together: every link leads somewhere, and every page is led to. */
class ManualTest {
    private static final Path FRONT = Repository.file("README.md");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("^[a-z]+:.*");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|^    [^\\n]*$|`[^`\\n]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(FRONT));
        try (Stream<Path> files = Files.walk(Repository.file("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        for (String link : links(page)) {
            String[] parts = link.split("#", 2);
            Path target =
                    parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
            assertThat(target).as(link).exists();
            if (parts.length == 2 && target.toString().endsWith(".md")) {
                assertThat(anchors(target)).as(link).contains(parts[1]);
            }
        }
    }

    @Test
    void everyPageIsReachedFromTheFront() throws IOException {
        Set<Path> reached = new LinkedHashSet<>(List.of(FRONT));
        Deque<Path> ahead = new ArrayDeque<>(reached);
        while (!ahead.isEmpty()) {
            Path page = ahead.pop();
            for (String link : links(page)) {
                Path target = page.resolveSibling(link.split("#", 2)[0]).normalize();
                if (Files.isDirectory(target)) {
                    pages().stream()
                            .filter(one -> target.equals(one.getParent()))
                            .forEach(reached::add);
                } else if (target.toString().endsWith(".md") && Files.exists(target) && reached.add(target)) {
                    ahead.add(target);
                }
            }
        }
        assertThat(reached).containsAll(pages());
    }

    private static List<String> links(Path page) throws IOException {
        String text = CODE.matcher(Files.readString(page)).replaceAll("");
        return LINK.matcher(text)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !ELSEWHERE.matcher(link).matches())
                .toList();
    }

    /** Of headings, as GitHub makes them. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(ManualTest::anchor)
                .toList();
    }

    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
