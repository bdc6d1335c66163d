package kwangmyong.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kwangmyong.lab.GardenExtension.Outcome;

/** Somebody who is not root. Not {@code nobody}: that number stands for every user whom a namespace does not know, so that what fails for others works for it. */
final class PlainUser {
    /** An account that every system has: OpenSSH runs for nobody whose number has no name. */
    private static final String NAME = "daemon";

    private static final List<String> AS = List.of("setpriv", "--reuid=" + NAME, "--regid=" + NAME, "--clear-groups");

    private PlainUser() {}

    /**
     * What to say before a command to have a plain user run it: nothing where this is one.
     *
     * @param own a folder that becomes that user's
     * @param needed a program of the checkout, which that user may not be allowed to read; then root has to do
     */
    static List<String> before(Path own, Path needed) throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        List<String> asks = new ArrayList<>(AS);
        asks.addAll(List.of("test", "-x", needed.toString()));
        Outcome answer = GardenExtension.run(own, asks);
        if (answer.status() != 0) {
            return List.of();
        }
        Files.setOwner(own, own.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NAME));
        return AS;
    }
}
