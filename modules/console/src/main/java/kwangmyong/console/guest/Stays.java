package kwangmyong.console.guest;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kwangmyong.access.api.Entrance;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that began with a connection, and the connections that hold each: whoever lets go last ends it. A session that somebody had otherwise
 * (a seat, a log-in at the portal) is held by none. They are written to a file, so that those of a killed lab end when it starts again.
 */
final class Stays {
    private static final Logger LOG = LoggerFactory.getLogger(Stays.class);

    private final Entrance entrance;
    private final Path file;
    private final Map<String, Stay> byId = new HashMap<>();

    Stays(Entrance entrance, Path file) {
        this.entrance = entrance;
        this.file = file;
    }

    private record Stay(InetAddress terminal, Set<Visit> holders) {}

    /** Ends what a lab that was killed left. */
    void endThoseOfBefore() {
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    String[] words = line.split(" ", -1);
                    if (words.length == 2 && Addresses.isNumeric(words[0])) {
                        entrance.leave(Addresses.parse(words[0]), words[1]);
                    }
                }
                Files.delete(file);
            }
        } catch (IOException unreadable) {
            LOG.warn("log-ins over SSH of before may last longer than their connections: {}", unreadable.getMessage());
        }
    }

    /** @param begun whether the visit's session began with it */
    synchronized void hold(Visit visit, boolean begun) {
        Session session = visit.session();
        if (begun) {
            byId.put(session.id(), new Stay(session.terminal(), new HashSet<>()));
        }
        Stay stay = byId.get(session.id());
        if (stay != null) {
            stay.holders().add(visit);
            write();
        }
    }

    /** Completes once the session has ended, or at once where others hold it, or none did. */
    CompletionStage<Boolean> letGo(Visit visit) {
        Session session = visit.session();
        synchronized (this) {
            Stay stay = byId.get(session.id());
            if (stay == null || !stay.holders().remove(visit) || !stay.holders().isEmpty()) {
                return CompletableFuture.completedFuture(false);
            }
            byId.remove(session.id());
            write();
        }
        return entrance.leave(session.terminal(), session.id());
    }

    /** A line each: terminal and session. */
    private void write() {
        List<String> lines = new ArrayList<>();
        byId.forEach((id, stay) -> lines.add(Addresses.text(stay.terminal()) + " " + id));
        try {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.write(part, lines);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            LOG.warn("log-ins over SSH cannot be noted down: {}", unwritable.getMessage());
        }
    }
}
