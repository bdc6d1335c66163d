package kwangmyong.isolation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kwangmyong.kernel.service.Service.StartException;

/**
 * The namespaces of one terminal (network, mounts, processes, messages between them, name of the machine), held open by a process that does
 * nothing else but take in orphans. They end with it, and it ends with the lab.
 */
final class TerminalNamespaces implements AutoCloseable {
    private static final String READY = "ready";
    private static final int KIND = 0170000; // of a file, in its mode: inode(7)
    private static final int SOCKET = 0140000;

    /**
     * What a terminal does not see is covered, in an order in which nothing that is still needed disappears: what the lab gives it comes in the
     * environment, not in files. Unix sockets pass through network namespaces, so every one of the machine's is covered, wherever it is.
     */
    private static final String SETTLE = """
            set -e
            hostname "$KWM_NAME" 2>/dev/null || true
            mount -t sysfs -o ro,nosuid,nodev,noexec sysfs /sys
            mount -t tmpfs -o mode=755,nosuid,nodev tmpfs /run
            mkdir /run/kwm /run/lock
            put() {
                target=$(readlink -m "$2")
                [ -e "$target" ] || { mkdir -p "${target%/*}" && : >"$target"; }
                printf '%s' "$1" >"/run/kwm/$3"
                mount --bind "/run/kwm/$3" "$target"
            }
            put "$KWM_RESOLVER" /etc/resolv.conf resolv.conf
            put "$KWM_HOSTS" /etc/hosts hosts
            for folder in /etc/ssl/certs /etc/pki/tls/certs; do
                [ -d "$folder" ] || continue
                mount -t tmpfs -o mode=755,nosuid,nodev tmpfs "$folder"
                printf '%s' "$KWM_TRUST" >"$folder/ca-certificates.crt"
                cp "$folder/ca-certificates.crt" "$folder/ca-bundle.crt"
                csplit -s -z -f "$folder/kwm-" -b '%d.pem' "$folder/ca-certificates.crt" '/BEGIN CERTIFICATE/' '{*}'
                ! command -v openssl >/dev/null || openssl rehash "$folder" 2>/dev/null
            done
            printf '%s\\n' "$KWM_SOCKETS" | while IFS= read -r socket; do
                [ ! -S "$socket" ] || mount --bind /dev/null "$socket"
            done
            for folder in /tmp /var/tmp /dev/shm; do
                mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$folder"
            done
            printf '%s\\n' "$KWM_HIDDEN" | while IFS= read -r folder; do
                [ ! -d "$folder" ] || mount -t tmpfs -o ro,mode=000 tmpfs "$folder"
            done
            echo 0 >/proc/sys/net/ipv6/conf/all/accept_ra 2>/dev/null || true
            echo ready
            exec >/dev/null 2>&1 </dev/null
            unset KWM_SETTLE KWM_NAME KWM_RESOLVER KWM_HOSTS KWM_TRUST KWM_SOCKETS KWM_HIDDEN
            """;

    /** What is seen of it at the terminal, as process 1. */
    private static final String HOLD = "eval \"$KWM_SETTLE\"; tail -f /dev/null & wait";

    private final Process holder;
    private final long process;

    private TerminalNamespaces(Process holder, long process) {
        this.holder = holder;
        this.process = process;
    }

    /**
     * Makes them; there is no link in them yet.
     *
     * @param terminal which of the configuration's
     */
    static TerminalNamespaces open(IsolationConfig config, NetworkPlan plan, int terminal) throws StartException {
        String name = config.terminals().get(terminal).name();
        var command = new ProcessBuilder(
                        "unshare",
                        "--net",
                        "--mount",
                        "--ipc",
                        "--uts",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        "--propagation",
                        "private",
                        "sh",
                        "-c",
                        HOLD)
                .redirectErrorStream(true);
        command.environment()
                .putAll(Map.of(
                        "KWM_SETTLE", SETTLE,
                        "KWM_NAME", name,
                        "KWM_RESOLVER", plan.resolver(),
                        "KWM_HOSTS", plan.hosts(terminal),
                        "KWM_TRUST", String.join("", config.authorities()),
                        "KWM_SOCKETS", paths(config.foreignSockets()),
                        "KWM_HIDDEN", paths(config.hidden())));
        try {
            Process holder = command.start();
            BufferedReader said = holder.inputReader();
            List<String> lines = new ArrayList<>(Programs.lines(said, READY));
            if (!lines.remove(READY)) {
                holder.destroyForcibly();
                throw new StartException("the terminal " + name + " cannot be made: " + String.join("; ", lines));
            }
            long inside = holder.children().findFirst().orElseThrow().pid();
            return new TerminalNamespaces(holder, inside);
        } catch (IOException missing) {
            throw new StartException("the terminal " + name + " cannot be made: " + missing.getMessage(), missing);
        }
    }

    private static String paths(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining("\n"));
    }

    /** A process in every one of these namespaces, as the lab's processes are numbered. */
    long process() {
        return process;
    }

    /** Covers those of the machine's Unix sockets that the terminal still sees. */
    void cover(List<Path> sockets) throws IOException, StartException {
        String target = Long.toString(process);
        for (Path socket : sockets) {
            if (sees(socket)) {
                Programs.run(
                        "",
                        "nsenter",
                        "--target",
                        target,
                        "--mount",
                        "mount",
                        "--bind",
                        "/dev/null",
                        socket.toString());
            }
        }
    }

    /** Whether a path leads a program at the terminal to a Unix socket. */
    boolean sees(Path socket) throws IOException {
        Path seen = seen(socket);
        return Files.exists(seen, LinkOption.NOFOLLOW_LINKS)
                && ((int) Files.getAttribute(seen, "unix:mode", LinkOption.NOFOLLOW_LINKS) & KIND) == SOCKET;
    }

    /** A file as programs at the terminal see it. */
    Path seen(Path path) {
        return Path.of("/proc/" + process + "/root").resolve(Path.of("/").relativize(path));
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
