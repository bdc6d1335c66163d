package kwangmyong.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LabReaderFaultTest {
    @TempDir
    Path folder;

    /** What is replaced in the sound lab, by what, and the one fault that comes of it. */
    static Stream<Arguments> faults() {
        return Stream.of(
                // Shape.
                fault(
                        "ceiling: guest",
                        "«ceilng: guest",
                        "attachments.hall.ceilng: unknown key; did you mean 'ceiling'?"),
                fault("denials:", "«denails:", "denails: unknown key; did you mean 'denials'?"),
                fault("dns: {listen", "«zzz: 1\ndns: {listen", "zzz: unknown key"),
                fault(
                        "dns: {listen: 10.80.0.1}",
                        "dns: {tls: «ofered}",
                        "dns.tls: 'ofered' is unknown; did you mean 'offered'?"),
                fault(
                        "dns: {listen: 10.80.0.1}",
                        "dns: {cookies: «maybe}",
                        "dns.cookies: 'maybe' is unknown (expected: off, offered, required)"),
                fault(
                        "{dns: nxdomain,",
                        "{«dns: {forge: 10.0.0.1, sinkhole: 10.0.0.2},",
                        "denials.dns: takes one of 'sinkhole', 'forge' and 'truncate'"),
                fault("{dns: nxdomain,", "{«dns: {},", "denials.dns: takes one of 'sinkhole', 'forge' and 'truncate'"),
                fault(
                        "{dns: nxdomain,",
                        "{dns: {truncate: nodata, «ttl: 5},",
                        "denials.dns.ttl: has no effect without 'forge'"),
                fault(
                        "{dns: nxdomain,",
                        "{dns: {sinkhole: 10.76.0.53},",
                        "denials: port 443 at 10.76.0.53 is that of dns (https) already",
                        "«denials:"),
                fault(
                        "deny: [games.kp],",
                        "deny: [games.kp], «over_tcp_only: true,",
                        "rules.night.over_tcp_only: has no effect on a denial"),
                fault(
                        "deny: [games.kp],",
                        "deny: [games.kp], «intercept: true,",
                        "rules.night.intercept: has no effect on a denial"),
                fault(
                        "deny: [games.kp],",
                        "deny: [«games.kp], actions: flow,",
                        "rules.night.deny[0]: 'games.kp' is a name, and flows have addresses"
                                + " (expected: 198.51.100.7, 198.51.100.0/24 or '*')"),
                fault(
                        "deny: [games.kp],",
                        "deny: [198.51.100.0/24], «ports: 22,",
                        "rules.night.ports: are those of flows: the rule needs 'actions: flow' and no other"),
                fault(
                        "deny: [games.kp],",
                        "deny: [198.51.100.0/24], actions: flow, ports: [22, «tls],",
                        "rules.night.ports[1]: 'tls' is not a port (expected: 443, 8000-8099, udp/53, tcp, icmp)"),
                fault(
                        "deny: [games.kp],",
                        "deny: [«198.51.100.7/24],",
                        "rules.night.deny[0]: 198.51.100.7/24 has bits set past its prefix"),
                fault(
                        "dns: {listen: 10.80.0.1}",
                        "border: {link: {«jitter: 5ms}}",
                        "border.link.jitter: 5ms (expected: at most the delay, 0ms)"),
                fault(
                        "dns: {listen: 10.80.0.1}",
                        "border: {attachments: {«hal: {delay: 5ms}}}",
                        "border.attachments.hal: 'hal' is no attachment of this lab; did you mean 'hall'?"),
                fault(
                        "dns: {listen: 10.80.0.1}",
                        "border: {link: {rate: «fast}}",
                        "border.link.rate: 'fast' is not a rate such as 512kbit or 2Mbit"),
                fault(
                        "dns: {listen: 10.80.0.1}",
                        "border: {flows: {«open: 5ms}}",
                        "border.flows.open: 5ms (expected: 1s-24h)"),
                fault(
                        "dns: {listen: 10.80.0.1}",
                        "border: {«memory: 1KiB}",
                        "border.memory: 1KiB (expected: 64KiB-1GiB)"),
                fault("login: seat", "login: «seet", "attachments.desk.login: 'seet' is unknown; did you mean 'seat'?"),
                fault(
                        "login: seat",
                        "login: «yes",
                        "attachments.desk.login: 'yes' is unknown (expected: seat, portal)"),
                fault("seed: 3", "seed: «three", "lab.seed: expected a whole number, found the text 'three'"),
                fault("seed: 3", "seed: «3.5", "lab.seed: expected a whole number, found the number 3.5"),
                fault("speed: 1", "speed: «-1", "lab.clock.speed: -1 (expected: 0 to 100000)"),
                fault("name: tiny", "name: «42", "lab.name: expected text, found the number 42; put it in quotes"),
                fault(
                        "name: tiny",
                        "name: «Tiny Lab",
                        "lab.name: 'Tiny Lab' is not a word of small letters, digits, '-' and '_'"),
                fault(
                        "operators:\n  root: {password: demonstration}",
                        "«operators:",
                        "operators: expected a map, found nothing"),
                fault("- {id: reading, ", "- «{", "rules[0]: 'id' is missing"),
                fault("range: 10.80.1.0/24, ", "", "attachments.hall: 'range' is missing", "hall: «{"),
                fault("http: 451", "http: «452", "denials.http: '452' is unknown; did you mean '451'?"),
                fault(
                        "mail: \"550 5.7.1\"",
                        "mail: «rejected",
                        "denials.mail: 'rejected' is not a reply code and an enhanced code, as '550 5.7.1', or held"),
                fault(
                        "from: \"22:00\"",
                        "from: «22",
                        "rules.night.hours.from: expected text, found the number 22; put it in quotes"),
                fault(
                        "dns: {listen",
                        "dns: {notify: [{zone: post.kp, address: «10.99.0.1}], listen",
                        "dns.notify[0].address: '10.99.0.1' lies outside the range of every attachment"),
                fault(
                        "dns: {listen",
                        "dns: {tsig: {kay: {}}, notify: [{zone: post.kp, address: 10.80.2.12, key: «key}], listen",
                        "dns.notify[0].key: 'key' is no key of dns.tsig; did you mean 'kay'?"),
                fault(
                        "dns: {listen",
                        "dns: {tsig: {k: {subject: «anne}}, listen",
                        "dns.tsig.k.subject: 'anne' is no subject of this lab; did you mean 'ann'?"),
                fault(
                        "dns: {listen",
                        "dns: {tsig: {k: {file: «none.key}}, listen",
                        "dns.tsig.k.file: 'none.key' is not a file"),
                fault(
                        "dns: {listen",
                        "dns: {tsig: {k: {algorithm: «hmac-sha265}}, listen",
                        "dns.tsig.k.algorithm: 'hmac-sha265' is unknown; did you mean 'hmac-sha256'?"),
                fault(
                        "from: \"22:00\", to: \"06:00\"",
                        "since: «yesterday",
                        "rules.night.hours.since: 'yesterday' is no time (expected: 2026-03-01, 2026-03-01T09:00 or 2026-03-01T09:00:00+09:00)"),
                fault(
                        "from: \"22:00\", to: \"06:00\"",
                        "since: 2026-03-02, «until: 2026-03-01T10:00",
                        "rules.night.hours.until: is not after 'since', so that the rule would never hold"),
                fault(
                        "from: \"22:00\"",
                        "from: «25:00",
                        "rules.night.hours.from: '25:00' is not a time of day such as '08:00'"),
                fault(
                        "password: demonstration",
                        "password: «hunter2",
                        "operators.root.password: 'hunter2' is not 'demonstration' or an Argon2id hash ($argon2id$v=19$m=...); passwords themselves are never written here"),
                // Sense.
                fault(
                        "clearance: staff + books",
                        "clearance: «staff + bocks",
                        "subjects.ann.clearance: 'bocks' is neither a level nor a compartment; did you mean 'books'?"),
                fault(
                        "ceiling: guest",
                        "ceiling: «king",
                        "attachments.hall.ceiling: 'king' is neither a level nor a compartment (expected: guest, staff, books, post)"),
                fault(
                        "clearance: guest",
                        "clearance: «guest + staff",
                        "subjects.bob.clearance: 'guest + staff' names two levels"),
                fault(
                        "[books, post]",
                        "[books, «staff]",
                        "clearance.compartments[1]: 'staff' is named twice among levels and compartments",
                        " + post",
                        ""),
                fault("10.80.1.0/24", "«10.80.1.0/33", "attachments.hall.range: prefix: 33 (expected: 0-32)"),
                fault(
                        "10.80.1.0/24",
                        "«10.80.1.9/24",
                        "attachments.hall.range: 10.80.1.9/24 has bits set past its prefix"),
                fault(
                        "[10.80.2.0/24",
                        "[«10.80.1.128/25",
                        "attachments.desk.range[0]: '10.80.1.128/25' overlaps 10.80.1.0/24 of attachments.hall.range",
                        "10.80.2.11",
                        "10.80.1.130"),
                fault(
                        "[10.80.2.11]",
                        "[10.80.2.11, «10.81.2.11]",
                        "subjects.ann.seats[1]: '10.81.2.11' lies outside the range of every attachment"),
                fault(
                        "[10.80.2.11]",
                        "[10.80.2.11, «10.80.2.11]",
                        "subjects.ann.seats[1]: '10.80.2.11' is written twice"),
                fault(
                        "terminal: 10.80.1.11",
                        "seats: «10.80.2.11",
                        "subjects.bob.seats: '10.80.2.11' is the seat of 'ann' already"),
                fault("[10.80.2.11]", "[«desk1]", "subjects.ann.seats[0]: 'desk1' is not an address"),
                fault(
                        "id: night",
                        "«id: reading",
                        "rules.reading.id: 'reading' is the id of two rules; first in line 14"),
                fault(
                        "subjects: ann,",
                        "subjects: «anne,",
                        "rules.night.subjects: 'anne' is no subject of this lab; did you mean 'ann'?"),
                fault(
                        "[desk]",
                        "[desk, «hal]",
                        "rules.night.attachments[1]: 'hal' is no attachment of this lab; did you mean 'hall'?"),
                fault(
                        "[[ann, bob]]",
                        "[[ann, «bop]]",
                        "mail.pairs[0][1]: 'bop' is no subject of this lab; did you mean 'bob'?"),
                fault(
                        "allow: .books.kp",
                        "allow: «a..kp",
                        "rules.reading.allow: 'a..kp' is not a name pattern (expected: name, .name, *.name, a.*.name, a range or *)"),
                fault(
                        "allow: .books.kp",
                        "allow: «http://books.kp/",
                        "rules.reading.allow: 'http://books.kp/' is not a name pattern; rules speak of names, not of URLs"),
                fault(
                        "allow: .books.kp",
                        "allow: «\"*\", zone: world",
                        "rules.reading.allow: '*' covers nothing within the world zones"),
                fault(
                        "allow: .books.kp, ",
                        "",
                        "rules.reading: neither allows nor denies ('allow' or 'deny' is missing)",
                        "- {id: reading",
                        "- «{id: reading"),
                fault(
                        "{id: night, deny",
                        "«{id: night, allow: a.kp, deny",
                        "rules.night: allows and denies; that takes two rules"),
                fault(
                        "deny: [games.kp]",
                        "deny: [games.kp], «classification: staff",
                        "rules.night.classification: has no effect on a denial"),
                fault(
                        "id: night",
                        "id: night, «remove: true",
                        "rules.night.remove: there is no rule 'night' below this file to take away"),
                fault(
                        "days: mon-fri",
                        "days: «weekdays",
                        "rules.night.hours.days: 'weekdays' names no days (expected: mon-fri, or sat, sun)"),
                fault(
                        "bob@post.kp",
                        "«bob@pots.kp",
                        "subjects.bob.mailbox: 'bob@pots.kp' lies in no mail domain of this lab; did you mean 'post.kp'?"),
                fault(
                        "bob@post.kp",
                        "«ann@post.kp",
                        "subjects.bob.mailbox: 'ann@post.kp' is the mailbox of 'ann' already"),
                fault(
                        "writing: pairs, pairs",
                        "writing: open, «pairs",
                        "mail.pairs: has no effect where writing is not 'pairs'"),
                fault(
                        "dns: {",
                        "dns: {zones: «nowhere, ",
                        "dns.zones: 'nowhere' is neither a zone file nor a folder: ",
                        true),
                fault("dns: {", "sites: «no.yaml\ndns: {", "sites: 'no.yaml' is not a file: ", true),
                fault(
                        "dns: {listen: 10.80.0.1}",
                        "console: {ports: {«ssh: 3128}}",
                        "console.ports.ssh: port 3128 at 10.76.0.1 is that of gateway (proxy) already"),
                fault("listen: 10.80.0.1", "listen: «somewhere", "dns.listen: 'somewhere' is not an address"),
                fault(
                        "Asia/Seoul",
                        "«Asia/Seul",
                        "lab.time_zone: 'Asia/Seul' is no time zone; did you mean 'Asia/Seoul'?"),
                fault(
                        "start: 2026-03-01T09:00",
                        "start: «2026-02-30T09:00",
                        "lab.clock.start: '2026-02-30T09:00' is no time (expected: now, 2026-03-01T09:00 or 2026-03-01T09:00:00+09:00)"),
                fault(
                        "password: demonstration",
                        "keys: «ssh-rsa",
                        "operators.root.keys: 'ssh-rsa' is neither an OpenSSH public key nor a file"),
                fault(
                        "root: {password: demonstration}",
                        "«root: {}",
                        "operators.root: has neither a password nor keys, and could never log in"),
                // Syntax.
                fault(
                        "ceiling: guest",
                        "ceiling: guest, «ceiling: staff",
                        "attachments.hall.ceiling: is written twice; first in line 6"),
                fault("seed: 3", "seed: «!!int 3", "lab.seed: the tag tag:yaml.org,2002:int has no meaning here"),
                fault("seed: 3", "seed: «*none", "lab.seed: *none names no anchor that is complete before it"),
                fault("dns: {", "«---\ndns: {", "a second document; one file is one document"));
    }

    private static Arguments fault(String old, String changed, String fault) {
        return Arguments.of(LabText.with(old, changed), fault, false);
    }

    private static Arguments fault(String old, String changed, String fault, boolean beginning) {
        return Arguments.of(LabText.with(old, changed), fault, beginning);
    }

    /** As {@link #fault(String, String, String)}, with the fault's mark where {@code marked} puts it. */
    private static Arguments fault(String old, String changed, String fault, String marked) {
        return Arguments.of(LabText.with(old, changed).replace(marked.replace("«", ""), marked), fault, false);
    }

    /** As {@link #fault(String, String, String)}, with a second change that keeps the rest sound. */
    private static Arguments fault(String old, String changed, String fault, String secondOld, String secondChanged) {
        return Arguments.of(LabText.with(old, changed).replace(secondOld, secondChanged), fault, false);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("faults")
    void saysWhatIsWrongAndWhere(String text, String fault, boolean beginning) {
        String place = folder.resolve("lab.yaml") + ":" + LabText.markedPlace(text) + ": ";
        List<String> found = LabText.faults(LabText.read(folder, text)).stream()
                .map(Object::toString)
                .toList();
        assertThat(found).hasSize(1);
        if (beginning) {
            assertThat(found.get(0)).startsWith(place + fault);
        } else {
            assertThat(found.get(0)).isEqualTo(place + fault);
        }
    }

    @Test
    void readsTheSoundLabThatTheCasesChange() {
        assertThat(LabText.faults(LabText.read(folder, LabText.SOUND))).isEmpty();
    }

    @Test
    void tellsEveryFaultAtOnceInTheOrderOfTheFile() {
        String text = LabText.SOUND
                .replace("levels:", "levles:")
                .replace("login: seat", "login: seet")
                .replace("10.80.2.11", "10.99.2.11")
                .replace("[games.kp]", "[games..kp]")
                .replace("bob@post.kp", "bob@example.com");
        assertThat(LabText.faults(LabText.read(folder, text)))
                .extracting(fault -> fault.line() + " " + fault.path())
                .containsSubsequence(
                        "3 clearance.levles",
                        "7 attachments.desk.login",
                        "9 subjects.ann.seats[0]",
                        "10 subjects.bob.mailbox",
                        "15 rules.night.deny[0]");
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThat(LabText.faults(LabReader.read(folder.resolve("none.yaml"))))
                .extracting(Object::toString)
                .containsExactly(folder.resolve("none.yaml") + ":1:1: there is no such file");
    }

    @Test
    void explainsBrokenSyntaxWhereItIs() {
        assertThat(LabText.faults(LabText.read(folder, "lab: {name: tiny\nsubjects:\n")))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.line()).isEqualTo(2);
                    assertThat(fault.message()).startsWith("is not YAML: ").doesNotContain("\n");
                });
    }
}
