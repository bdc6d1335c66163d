package kwangmyong.lab.pack;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Everything that runs as one jar, uncompressed and unsigned, for this machine alone. Class-data sharing leaves out the classes of signed jars (JDK 17
 * to 25), and each further jar on the class path is opened, indexed and searched at every start.
 */
final class OneJar {
    private static final Pattern LEFT_OUT = Pattern.compile(
            "META-INF/(MANIFEST\\.MF|INDEX\\.LIST|[^/]*\\.(SF|RSA|DSA|EC))|(META-INF/versions/\\d+/)?module-info\\.class");

    private static final String SERVICES = "META-INF/services/";
    private static final String VERSIONS = "META-INF/versions/";

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final String mainClass;

    private OneJar(String mainClass) {
        this.mainClass = mainClass;
    }

    /**
     * Merges a jar and what its manifest's class path names, in that order: of two entries of one name the first stays, as it does for a class loader;
     * only lists of service providers are joined.
     *
     * @param target written whole or not at all
     */
    static void merge(Path main, Path target) throws IOException {
        List<Path> jars = new ArrayList<>(List.of(main));
        String mainClass;
        try (JarFile jar = new JarFile(main.toFile())) {
            Attributes attributes = jar.getManifest().getMainAttributes();
            mainClass = attributes.getValue(Attributes.Name.MAIN_CLASS);
            String classPath = attributes.getValue(Attributes.Name.CLASS_PATH);
            for (String name :
                    classPath == null ? new String[0] : classPath.trim().split("\\s+")) {
                jars.add(main.resolveSibling(name));
            }
        }
        var one = new OneJar(mainClass);
        for (Path jar : jars) {
            one.take(jar);
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        one.write(part);
        Files.move(part, target, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private void take(Path file) throws IOException {
        // Unverified: the signatures are left behind, and Maven has checked what it fetched.
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
                JarEntry entry = all.nextElement();
                String name = entry.getName();
                boolean unused = name.startsWith(VERSIONS) && !jar.isMultiRelease();
                if (!entry.isDirectory() && !unused && !LEFT_OUT.matcher(name).matches()) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        add(name, in.readAllBytes());
                    }
                }
            }
        }
    }

    private void add(String name, byte[] content) {
        byte[] there = entries.putIfAbsent(name, content);
        if (there != null && name.startsWith(SERVICES)) {
            var joined = new ByteArrayOutputStream();
            joined.writeBytes(there);
            joined.write('\n');
            joined.writeBytes(content);
            entries.put(name, joined.toByteArray());
        }
    }

    private void write(Path target) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        var text = new ByteArrayOutputStream();
        manifest.write(text);
        try (var zip =
                new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(target)), StandardCharsets.UTF_8)) {
            store(zip, JarFile.MANIFEST_NAME, text.toByteArray());
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                store(zip, entry.getKey(), entry.getValue());
            }
        }
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var crc = new CRC32();
        crc.update(content);
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
