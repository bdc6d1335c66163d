package kwangmyong.lab.parts;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kwangmyong.access.remote.ServiceNames;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.net.tls.Authority;
import kwangmyong.net.tls.MutualTls;

/** By what the controller and its services know each other: an authority that vouches for nothing else, and what it issues. */
public final class ServicePasses {
    private static final String SEAL = "asker.key";

    /** What a service's folder has beside its own key: the authorities that its certificates and those that it checks are of, and the keys that zones are signed with. */
    private static final String KEYS = "keys";

    private final Authority authority;
    private final Path keys;

    private ServicePasses(Authority authority, Path keys) {
        this.authority = authority;
        this.keys = keys;
    }

    public static ServicePasses open(Path keys) throws IOException {
        return new ServicePasses(Authority.open(keys, "control", "Kwangmyong Lab control authority"), keys);
    }

    /** The controller's own. */
    public MutualTls controller() throws IOException {
        return new MutualTls(
                authority.issue("controller", List.of(ServiceNames.CONTROLLER), List.<InetAddress>of()),
                authority.certificate());
    }

    /**
     * Writes what a service needs to be one into a folder for it alone.
     *
     * @throws IllegalArgumentException when no service can be called so
     */
    public void issue(String process, Path folder) throws IOException {
        String name = ServiceNames.of(process);
        ownerOnly(folder);
        new MutualTls(authority.issueClient(name), authority.certificate()).writeTo(folder);
        Authorities.open(keys); // makes them where there are none yet
        for (Path source : handedOver()) {
            Path target = folder.resolve(KEYS).resolve(keys.relativize(source).toString());
            Path home = target.getParent();
            ownerOnly(home == null ? folder : home);
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private Set<Path> handedOver() throws IOException {
        Set<Path> files = new LinkedHashSet<>();
        for (String authorityName : List.of("garden", Authorities.WORLD, "interception")) {
            files.add(keys.resolve(authorityName + ".crt"));
            files.add(keys.resolve(authorityName + ".key"));
        }
        for (String folder : List.of("dnssec", "tsig")) {
            if (Files.isDirectory(keys.resolve(folder))) {
                try (Stream<Path> all = Files.walk(keys.resolve(folder))) {
                    all.filter(Files::isRegularFile).forEach(files::add);
                }
            }
        }
        return files;
    }

    /** Puts the keys of a service's folder where its state has keys. */
    public static void take(Path folder, StateFolder state) throws IOException {
        Path from = folder.resolve(KEYS);
        if (!Files.isDirectory(from)) {
            throw new IOException("there are no credentials of a service in " + folder);
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : all.filter(Files::isRegularFile).toList()) {
                Path target = state.keys().resolve(from.relativize(source).toString());
                Path home = target.getParent();
                ownerOnly(home == null ? state.keys() : home);
                Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** The key by which sites are told who asks, the same after a start: services go on with it while the controller is away. */
    public static AskerSeal seal(Path keys) throws IOException {
        Path file = keys.resolve(SEAL);
        if (!Files.exists(file)) {
            byte[] fresh = AskerSeal.withFreshKey().key();
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, Base64.getEncoder().encodeToString(fresh) + "\n");
        }
        try {
            return AskerSeal.withKey(
                    Base64.getDecoder().decode(Files.readString(file).strip()));
        } catch (IllegalArgumentException damaged) {
            throw new IOException(file + " holds no key; remove it to have another made", damaged);
        }
    }

    private static void ownerOnly(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
