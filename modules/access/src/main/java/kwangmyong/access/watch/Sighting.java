package kwangmyong.access.watch;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.access.api.ResourceHost;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.session.Identity;
import org.jspecify.annotations.Nullable;

/**
 * What the watch sees of one line of the journal.
 *
 * @param subject null when nobody was there
 * @param terminal as text
 * @param host that it was about; null for what has none
 * @param type of a question to the name server, such as {@code TXT}; null of all else
 * @param port at the host, 0 where none is said
 * @param denied whether it was refused
 * @param code why; null for what nobody had to allow
 * @param detail what else the line says
 * @param count how many events the line stands for
 * @param id of the line
 */
record Sighting(
        Instant time,
        @Nullable String subject,
        String terminal,
        String action,
        @Nullable String host,
        @Nullable String type,
        int port,
        boolean denied,
        @Nullable String code,
        @Nullable String detail,
        int count,
        String id) {
    private static final int MOST_PORT = 65_535;

    /** Of an event that was written; empty of what no terminal did. */
    static Optional<Sighting> of(Event event, int count, String id) {
        Identity who = event.who();
        if (who == null) {
            return Optional.empty();
        }
        Target target = Target.of(event.resource());
        return Optional.of(new Sighting(
                event.time(),
                who.subject(),
                Addresses.text(who.terminal()),
                event.action(),
                target.host,
                target.type,
                target.port,
                event.decision() != null && event.decision().verdict() == Verdict.DENY,
                event.decision() == null ? null : event.decision().reason().word(),
                event.detail(),
                count,
                id));
    }

    /** Of a line that was read back; empty of what no terminal did, or what somebody altered. */
    static Optional<Sighting> of(JournalEntry entry) {
        String terminal = entry.get("terminal");
        String time = entry.get("time");
        if (terminal == null || time == null) {
            return Optional.empty();
        }
        try {
            Target target = Target.of(String.valueOf(entry.get("resource")), "dns".equals(entry.get("service")));
            return Optional.of(new Sighting(
                    Instant.parse(time),
                    entry.get("subject"),
                    terminal,
                    Objects.requireNonNullElse(entry.get("action"), ""),
                    target.host,
                    target.type,
                    target.port,
                    "deny".equals(entry.get("verdict")),
                    entry.get("code"),
                    entry.get("detail"),
                    (int) Math.min(entry.count(), Integer.MAX_VALUE),
                    Objects.requireNonNullElse(entry.get("id"), "")));
        } catch (DateTimeException altered) {
            return Optional.empty();
        }
    }

    private record Target(@Nullable String host, @Nullable String type, int port) {
        static Target of(Object resource) {
            if (resource instanceof Resource.Name name) {
                return new Target(name.name(), name.type(), 0);
            } else if (resource instanceof Resource.Endpoint endpoint) {
                return new Target(endpoint.name(), null, endpoint.port());
            } else if (resource instanceof Resource.Flow flow) {
                return new Target(flow.name(), null, flow.port());
            } else if (resource instanceof Resource known) {
                return new Target(known.name(), null, 0);
            }
            return of(resource.toString(), false);
        }

        static Target of(String resource, boolean isQuestion) {
            int space = resource.lastIndexOf(' ');
            if (isQuestion && space > 0) {
                return new Target(resource.substring(0, space), resource.substring(space + 1), 0);
            }
            return new Target(ResourceHost.of(resource), null, port(resource));
        }

        /** That of {@code 10.0.0.1:53/udp} or {@code name:443}; 0 of all else. */
        private static int port(String resource) {
            int end = resource.indexOf('/') < 0 ? resource.length() : resource.indexOf('/');
            int colon = resource.lastIndexOf(':', end);
            if (colon < 0 || colon + 1 == end || end - colon > 6 || resource.startsWith("://", colon)) {
                return 0;
            }
            int port = 0;
            for (int i = colon + 1; i < end; i++) {
                int digit = resource.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    return 0;
                }
                port = port * 10 + digit;
            }
            return port <= MOST_PORT ? port : 0;
        }
    }
}
