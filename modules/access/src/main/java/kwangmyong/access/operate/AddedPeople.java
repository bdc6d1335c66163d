package kwangmyong.access.operate;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import kwangmyong.access.api.NewSubject;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.store.Kept;
import kwangmyong.kernel.clearance.Clearance;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Subject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The people whom operators added, between what is kept of them and what the rules know. What the configuration declares comes first. */
public final class AddedPeople {
    /** As the schema of {@code lab.yaml} has it. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9_-]*[a-z0-9])?");

    private static final int MAX_NAME_LENGTH = 64;
    private static final int MAX_DESCRIPTION_LENGTH = 512;
    private static final Pattern MAILBOX = Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,253}");
    private static final Logger log = LoggerFactory.getLogger(AddedPeople.class);

    private AddedPeople() {}

    /** Those who fit beside the people declared, in order of adding; of the others it is said why they do not. */
    public static List<Subject> fitting(List<Kept.Person> kept, Policy declared) {
        List<Subject> fitting = new ArrayList<>();
        kept.stream()
                .sorted(Comparator.comparing(Kept.Person::since).thenComparing(Kept.Person::name))
                .forEach(person -> {
                    List<Subject> present = new ArrayList<>(declared.subjects());
                    present.addAll(fitting);
                    try {
                        fitting.add(subject(person, declared, present));
                    } catch (OperationException doesNotFit) {
                        log.warn("{}, whom an operator added, is left out: {}", person.name(), doesNotFit.getMessage());
                    }
                });
        return fitting;
    }

    /**
     * The subject that somebody would be beside those present.
     *
     * @throws OperationException when they do not fit
     */
    static Subject subject(Kept.Person person, Policy policy, List<Subject> present) {
        String mailbox = person.mailbox();
        if (present.stream().anyMatch(other -> other.name().equals(person.name()))) {
            throw OperationException.conflict("there is a subject '" + person.name() + "' already");
        }
        Clearance clearance;
        try {
            clearance = person.clearance().isEmpty()
                    ? Clearance.NONE
                    : policy.lattice().clearance(person.clearance());
        } catch (IllegalArgumentException unknownWord) {
            throw new OperationException(String.valueOf(unknownWord.getMessage()));
        }
        if (mailbox != null) {
            checkMailbox(mailbox, policy, present);
        }
        return new Subject(person.name(), person.description(), clearance, seats(person, policy, present), mailbox);
    }

    private static Set<InetAddress> seats(Kept.Person person, Policy policy, List<Subject> present) {
        Set<InetAddress> seats = new LinkedHashSet<>();
        for (String text : person.seats()) {
            InetAddress seat = address(text);
            present.stream()
                    .filter(other -> other.seats().contains(seat))
                    .findFirst()
                    .ifPresent(owner -> {
                        throw OperationException.conflict(text + " is the seat of " + owner.name() + " already");
                    });
            if (policy.attachments().stream().noneMatch(attachment -> attachment.contains(seat))) {
                throw new OperationException(text + " belongs to no attachment");
            }
            seats.add(seat);
        }
        return seats;
    }

    private static InetAddress address(String text) {
        try {
            return Addresses.parse(text.strip());
        } catch (IllegalArgumentException notAnAddress) {
            throw new OperationException("'" + text.strip() + "' is not a lab address");
        }
    }

    private static void checkMailbox(String mailbox, Policy policy, List<Subject> present) {
        String domain = mailbox.substring(mailbox.indexOf('@') + 1);
        if (!policy.mail().domains().contains(domain)) {
            throw new OperationException("the domain of " + mailbox + " is none of this lab's"
                    + (policy.mail().domains().isEmpty()
                            ? ", which has no mail"
                            : " (expected: "
                                    + String.join(
                                            ", ", new TreeSet<>(policy.mail().domains())) + ")"));
        }
        present.stream()
                .filter(other -> mailbox.equals(other.mailbox()))
                .findFirst()
                .ifPresent(owner -> {
                    throw OperationException.conflict(mailbox + " is the mailbox of " + owner.name() + " already");
                });
    }

    /**
     * What is kept of somebody new.
     *
     * @throws OperationException when something is not of the right form
     */
    static Kept.Person person(NewSubject asked, Instant since, String by) {
        String name = asked.name().strip();
        if (!NAME.matcher(name).matches() || name.length() > MAX_NAME_LENGTH) {
            throw new OperationException("'" + cut(name) + "' is no log-in name (expected: at most " + MAX_NAME_LENGTH
                    + " lower-case letters, digits, - and _, with a letter or digit at both ends)");
        }
        String description = asked.description().replaceAll("\\p{Cntrl}", " ").strip();
        if (description.length() > MAX_DESCRIPTION_LENGTH) {
            throw new OperationException("a description of " + description.length() + " characters (expected: at most "
                    + MAX_DESCRIPTION_LENGTH + ")");
        }
        Set<String> seats = new HashSet<>();
        asked.seats().forEach(seat -> {
            if (!seats.add(Addresses.text(address(seat)))) {
                throw new OperationException("seat " + seat.strip() + " is named twice");
            }
        });
        return new Kept.Person(
                name,
                description.isEmpty() ? name : description,
                asked.clearance().strip(),
                mailbox(asked.mailbox()),
                seats.stream().sorted().toList(),
                since,
                by);
    }

    private static @Nullable String mailbox(@Nullable String typed) {
        String mailbox = typed == null ? "" : typed.strip().toLowerCase(Locale.ROOT);
        if (mailbox.isEmpty()) {
            return null;
        } else if (!MAILBOX.matcher(mailbox).matches()) {
            throw new OperationException("'" + cut(mailbox) + "' is not the address of a mailbox");
        }
        return mailbox;
    }

    private static String cut(String text) {
        return text.length() <= MAX_NAME_LENGTH ? text : text.substring(0, MAX_NAME_LENGTH) + "…";
    }
}
