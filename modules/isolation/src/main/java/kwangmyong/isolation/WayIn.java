package kwangmyong.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The words that lead a program from the lab's namespaces to a place, and there down to the rights of the person. Each step ends when the one before
 * does. Written once, for {@code kwm enter} and for programs that the lab itself starts.
 */
public final class WayIn {
    /** What would lead a program to something outside that is not there. */
    private static final List<String> FORGOTTEN = List.of(
            "http_proxy",
            "https_proxy",
            "ftp_proxy",
            "all_proxy",
            "no_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "FTP_PROXY",
            "ALL_PROXY",
            "NO_PROXY",
            "DBUS_SESSION_BUS_ADDRESS",
            "DOCKER_HOST",
            "SSH_AUTH_SOCK",
            "XDG_RUNTIME_DIR");

    /** Goes to a folder, or to the root where the place has no such folder. */
    private static final String BEGIN = "cd \"$1\" 2>/dev/null || cd /; shift; exec \"$@\"";

    private WayIn() {}

    /** What a program may do over its place's network. */
    public enum Rights {
        /** Nothing: it is the person's own user. */
        NONE,
        /** Make links, addresses and routes there (CAP_NET_ADMIN over that network alone, and no other right), as a TUN device needs. It believes to be root. */
        NETWORK
    }

    /**
     * Who the person is outside.
     *
     * @param user as the kernel numbers users there
     */
    public record Person(long user, long group) {
        /** Who started this process, which is in no namespace of the lab's. */
        public static Person outside() throws IOException {
            Path self = Path.of("/proc/self");
            return new Person(
                    number(Files.getAttribute(self, "unix:uid")), number(Files.getAttribute(self, "unix:gid")));
        }

        /** Who started the lab, of which this process is. */
        static Person ofLab() throws IOException {
            return new Person(outer(Path.of("/proc/self/uid_map")), outer(Path.of("/proc/self/gid_map")));
        }

        private static long number(Object id) {
            return ((Number) id).longValue();
        }

        /** The second field of the one line, user_namespaces(7). */
        private static long outer(Path map) throws IOException {
            return Long.parseLong(Files.readString(map).strip().split("\\s+", -1)[1]);
        }
    }

    /**
     * The words before those of the program.
     *
     * @param process one at the place, as the lab numbers processes
     * @param environment added to what the program has
     * @param folder where it begins
     */
    public static List<String> words(
            long process, Person person, Rights rights, Map<String, String> environment, Path folder) {
        List<String> words = new ArrayList<>(List.of("nsenter", "--target", Long.toString(process)));
        words.addAll(List.of("--mount", "--pid", "--net", "--ipc", "--uts", "--"));
        words.addAll(List.of("setpriv", "--pdeathsig", "TERM", "--no-new-privs"));
        if (rights == Rights.NETWORK) {
            words.addAll(List.of("--bounding-set", "-all,+net_admin", "--inh-caps", "-all"));
        } else {
            words.addAll(List.of("unshare", "--user"));
            words.add("--map-user=" + person.user());
            words.add("--map-group=" + person.group());
        }
        words.add("env");
        FORGOTTEN.forEach(name -> words.addAll(List.of("-u", name)));
        environment.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(List.of("sh", "-c", BEGIN, "kwm-enter", folder.toString()));
        return words;
    }
}
