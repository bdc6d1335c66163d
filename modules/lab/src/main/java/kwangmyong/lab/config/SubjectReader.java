package kwangmyong.lab.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kwangmyong.access.api.Scope;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.lab.config.LabDeclaration.Operator;
import kwangmyong.lab.config.LabDeclaration.Password;

/** Reads {@code subjects}, {@code accounts} and {@code operators}. */
final class SubjectReader {
    private final List<Subject> subjects = new ArrayList<>();
    private final Map<String, Password> accounts = new LinkedHashMap<>();
    private final Map<String, List<String>> keys = new LinkedHashMap<>();
    private final Map<String, InetAddress> terminals = new LinkedHashMap<>();
    private final Map<String, String> mailboxOwners = new LinkedHashMap<>();
    /** Where each mailbox was written, for the check against the mail domains. */
    private final List<Value> mailboxes = new ArrayList<>();

    SubjectReader(Section root, Labels labels, PlaceReader places) {
        boolean demonstration = root.section("accounts").flag("demonstration", false);
        root.section("subjects").named().forEach((name, section) -> {
            Set<InetAddress> seats = places.seats(name, section);
            section.value("terminal")
                    .flatMap(places::terminal)
                    .or(() -> seats.stream().findFirst())
                    .ifPresent(terminal -> terminals.put(name, terminal));
            password(section)
                    .or(() -> demonstration ? Optional.of(new Password.Demonstration()) : Optional.empty())
                    .ifPresent(password -> accounts.put(name, password));
            if (section.has("keys")) {
                keys.put(name, keys(section));
            }
            subjects.add(new Subject(
                    name,
                    section.text("is", name),
                    labels.clearance(section.value("clearance")),
                    seats,
                    mailbox(name, section).orElse(null)));
        });
    }

    private Optional<String> mailbox(String subject, Section section) {
        Optional<Value> value =
                section.value("mailbox").filter(found -> found.text().matches("[^@\\s]+@[^@\\s]+"));
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String address = value.get().text();
        int at = address.indexOf('@');
        Optional<String> domain = value.get().as(text -> Names.host(text.substring(at + 1)));
        if (domain.isEmpty()) {
            return Optional.empty();
        }
        String mailbox = address.substring(0, at).toLowerCase(Locale.ROOT) + "@" + domain.get();
        String owner = mailboxOwners.putIfAbsent(mailbox, subject);
        if (owner != null) {
            value.get().refuse("is the mailbox of '" + owner + "' already");
            return Optional.empty();
        }
        mailboxes.add(value.get().with(mailbox));
        return Optional.of(mailbox);
    }

    List<Subject> subjects() {
        return subjects;
    }

    Set<String> names(Section root) {
        return root.section("subjects").named().keySet();
    }

    Map<String, Password> accounts() {
        return accounts;
    }

    Map<String, List<String>> keys() {
        return keys;
    }

    private static List<String> keys(Section section) {
        List<Value> values = section.values("keys");
        List<String> read = KeyReader.read(values);
        if (!read.stream().allMatch(AccessConfig::isReadableKey)) {
            values.get(0).refuse("holds a line that is not an OpenSSH public key without options");
            return List.of();
        }
        return read;
    }

    Map<String, InetAddress> terminals() {
        return terminals;
    }

    List<Value> mailboxes() {
        return mailboxes;
    }

    static Map<String, Operator> operators(Section operators) {
        Map<String, Operator> read = new LinkedHashMap<>();
        operators.named().forEach((name, section) -> {
            List<String> keys = KeyReader.read(section.values("keys"));
            Optional<Password> password = password(section);
            if (!section.has("password") && !section.has("keys")) {
                section.fault("has neither a password nor keys, and could never log in");
            }
            read.put(name, new Operator(name, password.orElse(null), keys, scopes(section)));
        });
        return read;
    }

    /** Everything where none are named. */
    private static Set<Scope> scopes(Section section) {
        if (!section.has("scopes")) {
            return Scope.all();
        }
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        section.values("scopes").forEach(value -> value.as(Scope::of).ifPresent(scopes::add));
        return scopes;
    }

    private static Optional<Password> password(Section section) {
        return section.value("password")
                .map(value -> value.text().equals("demonstration")
                        ? new Password.Demonstration()
                        : new Password.Hash(value.text()));
    }
}
