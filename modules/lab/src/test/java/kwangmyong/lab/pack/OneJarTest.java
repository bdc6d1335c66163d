package kwangmyong.lab.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OneJarTest {
    @TempDir
    Path folder;

    @Test
    void keepsTheFirstOfEachNameInTheOrderOfTheClassPathAndJoinsServices() throws IOException {
        Path main = jar(
                "main.jar",
                "Class-Path: b.jar a.jar\nMain-Class: some.Main",
                Map.of("some/Main.class", "main", "META-INF/services/S", "one"));
        jar("a.jar", "", Map.of("twice", "of a", "META-INF/services/S", "three"));
        jar("b.jar", "", Map.of("twice", "of b", "META-INF/services/S", "two"));
        jar("stranger.jar", "", Map.of("stranger", "not on the class path"));

        Map<String, String> merged = merged(main);

        assertThat(merged)
                .containsEntry("some/Main.class", "main")
                .containsEntry("twice", "of b")
                .containsEntry("META-INF/services/S", "one\ntwo\nthree")
                .doesNotContainKey("stranger");
        assertThat(merged.get("META-INF/MANIFEST.MF")).contains("Main-Class: some.Main");
    }

    @Test
    void leavesSignaturesModulesAndVersionsThatNobodyWouldReadBehind() throws IOException {
        Path main = jar("main.jar", "Class-Path: signed.jar several.jar", Map.of("a", "a"));
        jar(
                "signed.jar",
                "",
                Map.of(
                        "META-INF/X.SF", "s",
                        "META-INF/X.RSA", "s",
                        "module-info.class", "m",
                        "META-INF/versions/9/unread", "u",
                        "b", "b"));
        jar(
                "several.jar",
                "Multi-Release: true",
                Map.of("META-INF/versions/9/read", "r", "META-INF/versions/9/module-info.class", "m"));

        assertThat(merged(main).keySet())
                .containsExactlyInAnyOrder("META-INF/MANIFEST.MF", "a", "b", "META-INF/versions/9/read");
    }

    private Map<String, String> merged(Path main) throws IOException {
        Path target = folder.resolve("one.jar");
        OneJar.merge(main, target);
        Map<String, String> entries = new LinkedHashMap<>();
        try (var jar = new JarFile(target.toFile())) {
            assertThat(jar.isMultiRelease()).isTrue();
            for (ZipEntry entry : jar.stream().toList()) {
                String text = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                entries.put(entry.getName(), text);
            }
        }
        return entries;
    }

    private Path jar(String name, String manifest, Map<String, String> entries) throws IOException {
        Path file = folder.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            put(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n" + manifest + "\n\n");
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                put(zip, entry.getKey(), entry.getValue());
            }
        }
        return file;
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
