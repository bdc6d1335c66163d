package kwangmyong.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.lab.yaml.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtendsTest {
    @TempDir
    Path labs;

    @BeforeEach
    void writeTheBase() {
        LabText.write(labs.resolve("base"), LabText.SOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "../base", "../base/lab.yaml"})
    void findsTheOtherLabByNameFolderOrFile(String base) {
        LabDeclaration lab = LabText.declaration(read("extends: " + base));
        assertThat(lab.policy().subjects()).extracting(Subject::name).containsExactly("ann", "bob");
        assertThat(lab.files()).containsExactly(labs.resolve("other/lab.yaml"), labs.resolve("base/lab.yaml"));
    }

    @Test
    void laysDifferencesOverMapsAndListsWithIds() {
        LabDeclaration lab = LabText.declaration(read("""
                extends: base
                lab: {name: other}
                subjects:
                  bob: {clearance: staff}
                  cho: {clearance: guest}
                rules:
                  - {id: reading, classification: guest}
                  - {id: night, remove: true}
                  - {id: more, allow: .more.kp}
                denials: {dns: refused}
                mail: {pairs: [[bob, cho]]}
                """));
        assertThat(lab.name()).isEqualTo("other");
        assertThat(lab.seed()).isEqualTo(3);
        assertThat(lab.policy().subjects())
                .extracting(
                        subject -> subject.name() + " " + lab.policy().lattice().show(subject.clearance()))
                .containsExactly("ann staff+books+post", "bob staff", "cho guest");
        assertThat(lab.policy().subjects().get(1).mailbox()).isEqualTo("bob@post.kp");
        assertThat(lab.policy().rules()).extracting(Rule::id).containsExactly("reading", "more");
        assertThat(lab.policy().rules().get(0).names())
                .extracting(NamePattern::text)
                .containsExactly(".books.kp");
        assertThat(lab.policy().denials().dns().word()).isEqualTo("refused");
        assertThat(lab.policy().denials().http().word()).isEqualTo("451");
        assertThat(lab.policy().mail().arePaired("ann", "bob")).isFalse();
        assertThat(lab.policy().mail().arePaired("bob", "cho")).isTrue();
    }

    @Test
    void nothingTakesAKeyAway() {
        LabDeclaration lab = LabText.declaration(read("""
                extends: base
                subjects: {bob: null}
                mail: null
                """));
        assertThat(lab.policy().subjects()).extracting(Subject::name).containsExactly("ann");
        assertThat(lab.mail()).isNull();
    }

    @Test
    void pathsAreThoseOfTheFileThatNamesThem() throws IOException {
        Files.createDirectories(labs.resolve("base/zones"));
        Files.writeString(labs.resolve("base/zones/a.kp.zone"), "");
        Files.createDirectories(labs.resolve("other/more"));
        Files.writeString(labs.resolve("other/more/b.kp.zone"), "");
        LabText.write(labs.resolve("base"), LabText.SOUND.replace("dns: {", "dns: {zones: zones, "));
        assertThat(LabText.declaration(read("extends: base\ndns: {world: more}"))
                        .dns()
                        .zones())
                .extracting(DnsSection.Zone::file)
                .containsExactly(labs.resolve("base/zones/a.kp.zone"), labs.resolve("other/more/b.kp.zone"));
    }

    @Test
    void faultsStandInTheFileWhereTheValueWasWritten() {
        LabText.write(
                labs.resolve("base"),
                LabText.SOUND.replace("bob@post.kp", "bob@pots.kp").replace("login: seat", "logn: seat"));
        assertThat(LabText.faults(read("extends: base\nsubjects:\n  bob: {clearance: stuff}\n")))
                .extracting(fault ->
                        labs.relativize(fault.file()) + ":" + fault.line() + ":" + fault.column() + " " + fault.path())
                .containsExactly(
                        "other/lab.yaml:3:20 subjects.bob.clearance",
                        "base/lab.yaml:7:51 attachments.desk.logn",
                        "base/lab.yaml:10:58 subjects.bob.mailbox");
    }

    @Test
    void refusesLabsThatExtendOneAnotherInACircle() {
        LabText.write(labs.resolve("base"), "extends: ../other\n");
        assertThat(LabText.faults(read("extends: ../base")))
                .extracting(Fault::toString)
                .containsExactly(
                        labs.resolve("base/lab.yaml") + ":1:10: extends: '../other' extends this file in turn");
    }

    @Test
    void refusesARowThatIsTooLong() {
        for (int i = 0; i < 10; i++) {
            LabText.write(labs.resolve("lab" + i), "extends: lab" + (i + 1) + "\n");
        }
        LabText.write(labs.resolve("lab10"), LabText.SOUND);
        assertThat(LabText.faults(LabReader.read(labs.resolve("lab0"))))
                .extracting(Fault::message)
                .containsExactly("more than 8 files extend one another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "../nowhere", "[a]", "~", "\"\\0\""})
    void refusesWhatIsNoLab(String base) {
        assertThat(LabText.faults(read("extends: " + base))).singleElement().satisfies(fault -> {
            assertThat(fault.path()).isEqualTo("extends");
            assertThat(List.of(fault.line(), fault.column())).containsExactly(1, 10);
        });
    }

    private LabReader.Result read(String text) {
        return LabText.read(labs.resolve("other"), text);
    }
}
