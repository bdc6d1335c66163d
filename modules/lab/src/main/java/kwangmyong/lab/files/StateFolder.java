package kwangmyong.lab.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import kwangmyong.lab.outcome.UsageException;
import org.jspecify.annotations.Nullable;

/** Where a lab keeps what happens while it runs: {@code $KWM_STATE}, else {@code ${XDG_STATE_HOME:-~/.local/state}/kwm/<lab>}. */
public record StateFolder(Path root) {
    public static StateFolder of(String lab) {
        return of(lab, System.getenv(), System.getProperty("user.home", "."));
    }

    /** @param account the home of whose account this is, which is not where a plain user's things are: in isolated mode every user is root */
    static StateFolder of(String lab, Map<String, String> environment, String account) {
        String own = environment.get("KWM_STATE");
        if (isSet(own)) {
            return new StateFolder(Path.of(own).toAbsolutePath().normalize());
        }
        String base = environment.get("XDG_STATE_HOME");
        String home = environment.get("HOME");
        Path state = isSet(base) ? Path.of(base) : Path.of(isSet(home) ? home : account, ".local", "state");
        return new StateFolder(
                state.resolve("kwm").resolve(lab).toAbsolutePath().normalize());
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    public Path journal() {
        return root.resolve("journal");
    }

    public Path mail() {
        return root.resolve("mail");
    }

    public Path keys() {
        return root.resolve("keys");
    }

    /** Of the zones that the lab signs. */
    public Path zoneKeys() {
        return keys().resolve("dnssec");
    }

    /** A file of the sessions that subjects hold over SSH. */
    public Path sshSessions() {
        return root.resolve("ssh-sessions");
    }

    public Path access() {
        return root.resolve("access");
    }

    /** Of what happens at run time, where the lab keeps it by itself. */
    public Path store() {
        return root.resolve("store");
    }

    public Path sites() {
        return root.resolve("sites");
    }

    /** Of the gateway: what it keeps of answers, for as long as it runs. */
    public Path cache() {
        return root.resolve("cache");
    }

    /** Of the gateway: what subjects have used of their quotas. */
    public Path quotas() {
        return root.resolve("quotas");
    }

    /** What each place of the isolated mode sees of a folder of its own. */
    public Path places() {
        return root.resolve("places");
    }

    /** Of the world: what probes have to find there, a file each; there only while somebody probes. */
    public Path tokens() {
        return root.resolve("tokens");
    }

    /** Of the world: the zone from which every other of its zones is found. */
    public Path rootZone() {
        return root.resolve("world").resolve("root.zone");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** Socket, lock and what else goes away with the process. */
    public Path run() {
        return root.resolve("run");
    }

    /**
     * Makes every folder, for the owner alone.
     *
     * @param whose state it is to be, in what a person is told
     * @throws UsageException when that is not possible
     */
    public void createFor(String whose) {
        try {
            create();
        } catch (IOException refused) {
            throw new UsageException(
                    "cannot keep " + whose + " state in " + root + ": " + refused + "; KWM_STATE names another folder");
        }
    }

    /** Makes every folder, for the owner alone. */
    public void create() throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Path parent = root.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        for (Path folder : new Path[] {root, journal(), mail(), keys(), access(), store(), sites(), logs(), run()}) {
            Files.createDirectories(folder, ownerOnly); // which another start may be making just now
        }
    }
}
