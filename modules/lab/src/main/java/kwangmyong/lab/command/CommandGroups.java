package kwangmyong.lab.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** All commands by what one wants of them, for the one page that lists them. */
public final class CommandGroups {
    private static final Map<String, List<String>> GROUPS = groups();

    private CommandGroups() {}

    /** Each group by its heading. */
    public static Map<String, List<String>> all() {
        return GROUPS;
    }

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("Run a lab", List.of("up", "down", "status", "reload", "check", "logs", "clock"));
        groups.put("Ask it, and be at a terminal", List.of("explain", "tour", "browse", "enter"));
        groups.put(
                "See what happened",
                List.of("live", "events", "denials", "watch", "visits", "bills", "verify", "leaks"));
        groups.put("Who is where", List.of("sessions", "login", "logout", "end", "extend", "slowed"));
        groups.put("Who there is", List.of("subjects", "add", "remove", "password", "key", "lock", "unlock"));
        groups.put(
                "What may be reached",
                List.of("rules", "attachments", "grants", "grant", "revoke", "compare", "policy", "rpz", "zone"));
        groups.put("Mail that waits", List.of("held", "release", "refuse"));
        groups.put("Packets and experiments", List.of("border", "capture", "bench"));
        groups.put(
                "Keep it, and connect to it",
                List.of("backup", "restore", "ca", "tokens", "token", "credentials", "serve", "wires", "completion"));
        return Collections.unmodifiableMap(groups);
    }

    /** Has a command's help list its subcommands by group; one that is in no group is listed last. */
    public static void on(CommandLine kwm) {
        kwm.getHelpSectionMap().put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        kwm.getHelpSectionMap().put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroups::text);
    }

    private static String text(Help help) {
        Map<String, Help> left = new LinkedHashMap<>(help.subcommands());
        var text = new StringBuilder();
        GROUPS.forEach((heading, names) -> {
            text.append(String.format("%n%s:%n", heading));
            for (String name : names) {
                Help one = left.remove(name);
                if (one != null) {
                    text.append(line(name, one));
                }
            }
        });
        left.forEach((name, one) -> text.append(line(name, one)));
        return text.toString();
    }

    private static String line(String name, Help help) {
        String[] header = help.commandSpec().usageMessage().header();
        return String.format("  %-12s %s%n", name, header.length == 0 ? "" : header[0]);
    }
}
