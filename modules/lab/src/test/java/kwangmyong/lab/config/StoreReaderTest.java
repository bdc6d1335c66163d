package kwangmyong.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.lab.config.LabDeclaration.ControllerSection;
import kwangmyong.lab.config.LabDeclaration.ControllerSection.WhenAway;
import kwangmyong.lab.config.LabDeclaration.StoreSection;
import kwangmyong.lab.yaml.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StoreReaderTest {
    @TempDir
    private Path folder;

    private LabDeclaration declared(String more) {
        return LabText.declaration(LabText.read(folder, LabText.SOUND + more));
    }

    @Test
    void withoutAWordTheStoreIsInTheStateAndNothingListens() {
        assertThat(declared("").store()).isEqualTo(new StoreSection(null, null, null, Duration.ofSeconds(2)));
        assertThat(declared("").controller()).isEqualTo(new ControllerSection(List.of(), 7600, WhenAway.STATIC));
    }

    @Test
    void oneLineNamesAServerAndAMapSaysMore() throws IOException {
        Files.writeString(folder.resolve("secret"), "x\n");

        assertThat(declared("store: jdbc:postgresql://db/lab\n").store().server())
                .isEqualTo("jdbc:postgresql://db/lab");
        assertThat(declared(
                                "store: {url: \"jdbc:postgresql://db/lab\", user: lab, password_file: secret, wait: 500ms}\n")
                        .store())
                .isEqualTo(new StoreSection(
                        "jdbc:postgresql://db/lab", "lab", folder.resolve("secret"), Duration.ofMillis(500)));
    }

    @Test
    void theControllerListensWhereItIsTold() {
        assertThat(declared("controller: {listen: 10.80.0.1, ports: {services: 7700}, when_away: closed}\n")
                        .controller())
                .isEqualTo(new ControllerSection(List.of(Addresses.parse("10.80.0.1")), 7700, WhenAway.CLOSED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "store: mysql://db/lab | no database that a lab can use",
                "store: {url: sqlite} | no database that a lab can use",
                "store: 'jdbc:postgresql://db/lab?user=a&password=b' | passwords are never written here",
                "store: {password_file: nowhere} | no file that can be read",
                "store: {wait: soon} | not a time",
                "store: {wait: 1h} | expected: 100ms-30s",
                "store: {usr: lab} | did you mean 'user'",
                "controller: {listen: here} | address",
                "controller: {listen: 10.80.0.1, when_away: open} | static",
                "controller: {listen: 10.80.0.1, ports: {services: 53}} | is that of"
            })
    void whatCannotBeIsSaid(String line, String message) {
        List<Fault> faults = LabText.faults(LabText.read(folder, LabText.SOUND + line + "\n"));

        assertThat(faults).singleElement().extracting(Fault::message).asString().contains(message);
    }
}
