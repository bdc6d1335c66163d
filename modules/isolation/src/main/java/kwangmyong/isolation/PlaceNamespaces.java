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
 * The namespaces of one place (network, mounts, processes, messages between them, name of the machine), held open by a process that does
 * nothing else but take in orphans. They end with it, and it ends with the lab.
 */
final class PlaceNamespaces implements AutoCloseable {
    private static final String READY = "ready";
    private static final int KIND = 0170000; // of a file, in its mode: inode(7)
    private static final int SOCKET = 0140000;

    /**
     * What a place does not see is covered, in an order in which nothing that is still needed disappears: what the lab gives it comes in the
     * environment, not in files. Unix sockets pass through network namespaces, so every one of the machine's is covered, wherever it is.
     */
    private static final String SETTLE = """
            set -e
            hostname "$KWM_NAME" 2>/dev/null || true
            mount -t sysfs -o ro,nosuid,nodev,noexec sysfs /sys
            mount -t tmpfs -o mode=755,nosuid,nodev tmpfs /run
            mkdir /run/kwm /run/lock /run/kwm/scratch
            mount --bind "$KWM_SCRATCH" /run/kwm/scratch
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
                [ ! -S "$socket" ] || mount --bind /dev/null "$socket" || [ ! -S "$socket" ] # or it has gone meanwhile
            done
            for folder in /tmp /var/tmp /dev/shm; do
                mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$folder"
            done
            printf '%s\\n' "$KWM_HIDDEN" | while IFS= read -r folder; do
                [ ! -d "$folder" ] || mount -t tmpfs -o mode=711 tmpfs "$folder"
            done
            mkdir -p "$KWM_SCRATCH"
            mount --bind /run/kwm/scratch "$KWM_SCRATCH"
            umount /run/kwm/scratch
            printf '%s\\n' "$KWM_HIDDEN" | while IFS= read -r folder; do
                ! mountpoint -q "$folder" || mount -o remount,bind,ro "$folder" # the mount, not the file system, whose owner has no number in here
            done
            echo 0 >/proc/sys/net/ipv6/conf/all/accept_ra 2>/dev/null || true
            echo '0 0' >/proc/sys/net/ipv4/ping_group_range 2>/dev/null || true
            echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start
            echo ready
            exec >/dev/null 2>&1 </dev/null
            unset KWM_SETTLE KWM_NAME KWM_RESOLVER KWM_HOSTS KWM_TRUST KWM_SOCKETS KWM_HIDDEN KWM_SCRATCH
            """;

    /** What is seen of it at the place, as process 1. It outlives {@link #clear}, which ends what it waits for. */
    private static final String HOLD = "eval \"$KWM_SETTLE\"; while :; do tail -f /dev/null & wait; done";

    /** Ends every other process of the place, this one excepted (kill(2)), and takes away what they kept in memory: all but the place's own folder, where the lab's state lies below one of these. */
    private static final String CLEAR =
            "kill -KILL -1; find /tmp /var/tmp /dev/shm -xdev -mindepth 1 -delete 2>/dev/null || true";

    private final String name;
    private final Process holder;
    private final long process;

    private PlaceNamespaces(String name, Process holder, long process) {
        this.name = name;
        this.holder = holder;
        this.process = process;
    }

    /**
     * What is particular to a place.
     *
     * @param ownNetwork whether it has a network of its own, without a link yet, or the lab's
     * @param resolver the text of its {@code resolv.conf(5)}
     * @param hosts the text of its {@code hosts(5)}
     * @param scratch the one folder of the lab's that it sees; there already
     */
    record Spec(String name, boolean ownNetwork, String resolver, String hosts, Path scratch) {}

    /** Makes them. */
    static PlaceNamespaces open(IsolationConfig config, Spec spec) throws StartException {
        List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--ipc", "--uts", "--pid"));
        if (spec.ownNetwork()) {
            words.add("--net");
        }
        words.addAll(List.of("--fork", "--kill-child", "--mount-proc", "--propagation", "private", "sh", "-c", HOLD));
        var command = new ProcessBuilder(words).redirectErrorStream(true);
        command.environment()
                .putAll(Map.of(
                        "KWM_SETTLE", SETTLE,
                        "KWM_NAME", spec.name(),
                        "KWM_RESOLVER", spec.resolver(),
                        "KWM_HOSTS", spec.hosts(),
                        "KWM_TRUST", String.join("", config.authorities()),
                        "KWM_SOCKETS", paths(config.foreignSockets()),
                        "KWM_HIDDEN", paths(config.hidden()),
                        "KWM_SCRATCH", spec.scratch().toString()));
        try {
            Process holder = command.start();
            BufferedReader said = holder.inputReader();
            List<String> lines = new ArrayList<>(Programs.lines(said, READY));
            if (!lines.remove(READY)) {
                holder.destroyForcibly();
                throw new StartException("the place " + spec.name() + " cannot be made: " + String.join("; ", lines));
            }
            long inside = holder.children().findFirst().orElseThrow().pid();
            return new PlaceNamespaces(spec.name(), holder, inside);
        } catch (IOException missing) {
            throw new StartException("the place " + spec.name() + " cannot be made: " + missing.getMessage(), missing);
        }
    }

    private static String paths(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining("\n"));
    }

    /** The machine's name there. */
    String name() {
        return name;
    }

    /** A process in every one of these namespaces, as the lab's processes are numbered. */
    long process() {
        return process;
    }

    /** Covers those of the machine's Unix sockets that the place still sees. */
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

    /** Whether a path leads a program at the place to the machine's Unix socket of that path; one that a program there made itself is none. */
    boolean sees(Path socket) throws IOException {
        Path seen = seen(socket);
        return Files.exists(seen, LinkOption.NOFOLLOW_LINKS)
                && ((int) Files.getAttribute(seen, "unix:mode", LinkOption.NOFOLLOW_LINKS) & KIND) == SOCKET
                && Files.exists(socket)
                && Files.isSameFile(seen, socket);
    }

    /** A file as programs at the place see it. */
    Path seen(Path path) throws IOException {
        return Rooted.find(Path.of("/proc/" + process + "/root"), path);
    }

    /** Ends every program there and empties the folders for scratch files. */
    void clear() throws StartException {
        Programs.run("", "nsenter", "--target", Long.toString(process), "--mount", "--pid", "--", "sh", "-c", CLEAR);
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
