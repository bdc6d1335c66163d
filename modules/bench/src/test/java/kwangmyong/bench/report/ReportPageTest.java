package kwangmyong.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import kwangmyong.bench.result.Results;
import kwangmyong.bench.result.ResultsFolder;
import kwangmyong.bench.result.ResultsGenerator;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    /** A page out of its element, a quote out of its attribute, letters out of their order, a terminal out of its colour. */
    private static final String HOSTILE =
            "</script></style><img src=x onerror=alert(1)> \"'&\u202Eevil\u202C \u0000\u0007\u001b[31m 광명 العربية \uD800";

    @TempDir
    Path folder;

    @Test
    void theSameFolderYieldsTheSameOctets() throws IOException {
        ResultsGenerator.small(7).write(folder);
        String page = page();
        Files.writeString(folder.resolve("report.html"), page);
        assertThat(page()).isEqualTo(page);
        assertThat(page).doesNotContain(folder.toString());
    }

    @Test
    void everyCellCountsItsTrialsAndNamesWhatStoppedThem() throws IOException {
        Results results = ResultsFolder.read(ResultsGenerator.small(7).write(folder));
        Document page = Jsoup.parse(ReportPage.html(results));
        List<Group> groups = Group.of(results);
        assertThat(page.select("table.matrix:not(.bare) td")).hasSameSizeAs(groups);
        for (Group group : groups) {
            Element cell = cell(page, group.key());
            group.tally()
                    .forEach((outcome, n) -> assertThat(cell.text())
                            .contains(outcome.word())
                            .containsPattern(group.tally().size() == 1 ? n + " of 3" : n + " " + outcome.word()));
            group.stoppings().forEach(stop -> assertThat(cell.text()).contains(stop.layer() + " · " + stop.rule()));
            assertThat(cell.select("use").attr("href")).isEqualTo("#s-" + Matrix.shape(group));
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        ResultsGenerator.large(7).write(folder);
        Document page = Jsoup.parse(page());
        Set<String> ids = page.select("[id]").stream().map(Element::id).collect(Collectors.toSet());
        assertThat(ids).hasSameSizeAs(page.select("[id]"));
        for (Element link : page.select("[href]")) {
            String href = link.attr("href");
            if (href.startsWith("#")) {
                assertThat(ids).contains(href.substring(1));
            } else {
                assertThat(URI.create(href).getScheme()).isNull();
                assertThat(folder.resolve(URI.create(href).getPath())).exists();
            }
        }
    }

    @Test
    void everyTrialIsThereWithItsFilesAndEveryMeasuredValueLeadsToOne() throws IOException {
        Results results = ResultsFolder.read(ResultsGenerator.small(7).write(folder));
        Document page = Jsoup.parse(ReportPage.html(results));
        for (Results.Place place : results.trials()) {
            Element article = page.getElementById(place.folder());
            assertThat(article).isNotNull();
            place.files()
                    .forEach(file -> assertThat(article.select("a").eachAttr("href"))
                            .contains(place.folder() + "/" + file.name()));
        }
        for (Element value : page.select("td.values a")) {
            Element article = page.getElementById(value.attr("href").substring(1));
            assertThat(article).isNotNull();
            assertThat(article.text()).contains(value.text());
        }
        assertThat(page.select("td.values a")).hasSizeGreaterThan(50);
    }

    @Test
    void fetchesNothingAndAllowsNothingElse() throws Exception {
        ResultsGenerator.small(7).hostile(HOSTILE).write(folder);
        Document page = Jsoup.parse(page());
        assertThat(page.select("[src], link, iframe, object, embed, base, [style]"))
                .isEmpty();
        assertThat(page.select("style").outerHtml()).doesNotContain("url(", "@import");
        assertThat(page.select("*"))
                .allSatisfy(element -> assertThat(element.attributes().asList())
                        .noneMatch(attribute ->
                                attribute.getKey().toLowerCase(Locale.ROOT).startsWith("on")));
        assertThat(page.select("meta[http-equiv]").attr("content"))
                .isEqualTo("default-src 'none'; style-src '" + hash(page, "style") + "'; script-src '"
                        + hash(page, "script") + "'; base-uri 'none'; form-action 'none'");
    }

    @Test
    void whatOthersWroteIsShownAsText() throws IOException {
        ResultsGenerator.small(7).hostile(HOSTILE).write(folder);
        String html = page();
        assertThat(html)
                .doesNotContain("<img")
                .doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\x7f\\u202a-\\u202e\\u2066-\\u2069]");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(html)).isTrue();
        Document page = Jsoup.parse(html);
        assertThat(page.select("script")).hasSize(1);
        assertThat(page.select("img")).isEmpty();
        String shown =
                "</script></style><img src=x onerror=alert(1)> \"'&\\u202eevil\\u202c \\u0000\\u0007\\u001b[31m 광명 العربية \\ud800";
        assertThat(page.select("h1").text()).endsWith(shown);
        assertThat(page.select("article p.text").eachText()).anyMatch(text -> text.endsWith(shown));
        assertThat(page.select("table.decisions code").eachText()).anyMatch(text -> text.startsWith(shown));
    }

    @Test
    void aFolderThatIsNotWholeSaysSo() throws IOException {
        ResultsGenerator.small(7).write(folder);
        Files.delete(folder.resolve("trials/kwangmyong/plain/ssh/3/trial.json"));
        Files.writeString(folder.resolve("trials/kwangmyong/plain/iodine/3/trial.json"), "{");
        for (int i = 1; i <= 3; i++) {
            Files.delete(folder.resolve("trials/open/plain/wireguard/" + i + "/trial.json"));
        }
        Files.delete(folder.resolve("lock.json"));
        Path run = folder.resolve("run.json");
        Files.writeString(run, Files.readString(run).replace("\"whole\" : true", "\"whole\" : false"));
        Document page = Jsoup.parse(page());
        assertThat(page.select(".notice.note").text()).contains("Not whole. 31 of 36 trials", "4 were begun");
        assertThat(page.select(".notice.bad").text()).contains("trials/kwangmyong/plain/iodine/3/trial.json: line 1");
        assertThat(cell(page, new Group.Key("kwangmyong", "plain", "ssh")).text())
                .contains("blocked 2 of 3");
        assertThat(cell(page, new Group.Key("open", "plain", "wireguard")).text())
                .contains("not run");
        assertThat(page.select("#again").text()).contains("There is no lock.json");
    }

    @Test
    void aRunOfAPartSaysThatTheRestWasNotAskedFor() throws IOException {
        ResultsGenerator.small(7).write(folder);
        for (int i = 1; i <= 3; i++) {
            Files.delete(folder.resolve("trials/open/plain/wireguard/" + i + "/trial.json"));
            Files.delete(folder.resolve("trials/open/plain/wireguard/" + i));
        }
        Document page = Jsoup.parse(page());
        assertThat(page.select(".notice.note").text()).startsWith("A part of the experiment. 33 of its 36 trials");
        assertThat(cell(page, new Group.Key("open", "plain", "wireguard")).text())
                .contains("not run");
    }

    @Test
    void expectationsAreHeldAgainstTheTrials() throws IOException {
        ResultsGenerator.small(7).write(folder);
        assertThat(Jsoup.parse(page()).select("#expected tbody tr").eachText())
                .satisfiesExactly(
                        row -> assertThat(row).startsWith("direct in open through met 3 of 3"),
                        row -> assertThat(row).startsWith("direct in kwangmyong blocked met 3 of 3"),
                        row -> assertThat(row)
                                .startsWith("iodine in kwangmyong through not met 0 of 3")
                                .contains("kwangmyong/plain/iodine/2: blocked"));
    }

    @Test
    void theHeadSaysThatNoPacketLeftTheLabAndWhatWasWatched() throws IOException {
        Results results = ResultsFolder.read(ResultsGenerator.small(7).write(folder));
        Document page = Jsoup.parse(ReportPage.html(results));
        assertThat(page.select("header .guard").text())
                .startsWith("No packet left the lab 40 ways out watched, looked at after each of 36 trials");
        assertThat(page.select("#leaks li").eachText()).containsExactly("packets refused, to what is no service: 72");
        assertThat(results.run().leaks()).isEmpty();
    }

    @Test
    void aLeakIsSaidInTheHeadBeforeAnythingElse() throws IOException {
        Results results = ResultsFolder.read(
                ResultsGenerator.small(7).leaking("open/plain/ssh/2").write(folder));
        Document page = Jsoup.parse(ReportPage.html(results));
        assertThat(page.select("header .guard")).isEmpty();
        assertThat(page.select("header .leak").text())
                .startsWith("LEAK. A way out")
                .contains("open/plain/ssh/2");
        assertThat(page.select("#leaks tbody tr").eachText()).containsExactly("open/plain/ssh/2 lab has links: hole");
        assertThat(results.run().leaks()).containsExactly("open/plain/ssh/2: lab has links: hole");
    }

    @Test
    void aFolderWhoseTrialsWereNotLookedAtSaysSo() throws IOException {
        ResultsGenerator.small(7).write(folder);
        Path trial = folder.resolve("trials/open/plain/ssh/1/trial.json");
        Files.writeString(trial, Files.readString(trial).replace("\"leaks\" : [ ]", "\"leaks\" : null"));
        assertThat(Jsoup.parse(page()).select("header .notice").text())
                .startsWith("Whether anything left the lab is not known.")
                .endsWith("After 1 trial nobody could look.");
    }

    /** A page that a browser opens at once, with 420 trials. */
    @Test
    void fourHundredTrialsStayBelowThreeMegabytes() throws IOException {
        Results results = ResultsFolder.read(ResultsGenerator.large(7).write(folder));
        assertThat(results.trials()).hasSize(420);
        assertThat(ReportPage.html(results).getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(3_000_000);
    }

    private String page() throws IOException {
        return ReportPage.html(ResultsFolder.read(folder));
    }

    private static Element cell(Document page, Group.Key key) {
        return page.expectFirst("table.matrix:not(.bare) td a[href=#" + key + "]");
    }

    private static String hash(Document page, String element) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(page.expectFirst(element).data().getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}
