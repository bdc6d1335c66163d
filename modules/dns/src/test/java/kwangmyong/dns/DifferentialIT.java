package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The same random zones and questions for NSD, Knot and this server: where those two give the same section, so must this one; the zones as they
 * are, and signed by BIND's dnssec-signzone. Skipped where they are not installed. {@code -Dkwm.dns.differential.zones} and
 * {@code .questions} raise the counts, {@code .seed} repeats a run.
 */
final class DifferentialIT {
    /** A build asks the same questions every time; another seed asks others. */
    private static final long USUAL_SEED = 20_260_301;

    private static final int[] SIGNED_TYPES = {
        Type.DS, Type.DNSKEY, Type.NSEC, Type.NSEC3PARAM, Type.NSEC3, Type.CDS, Type.RRSIG
    };

    /** Who asks at a time where silence is waited for. */
    private static final int ASKERS = 32;

    private final long seed = Long.getLong("kwm.dns.differential.seed", USUAL_SEED);
    private final int rounds = Integer.getInteger("kwm.dns.differential.zones", 3);
    private final int questions = Integer.getInteger("kwm.dns.differential.questions", 1500);
    private int asked;
    private int compared;
    private int signatures;
    private final List<String> differences = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void answersAsNsdAndKnotDoWhereTheyAgree() throws Exception {
        assumeThat(OtherServers.NSD).exists();
        assumeThat(OtherServers.KNOT).exists();
        for (int round = 0; round < rounds; round++) {
            RandomZones zones = new RandomZones(seed + round);
            try (Contenders contenders = new Contenders(folder("round" + round), zones.files())) {
                for (int i = 0; i < questions; i++) {
                    compare(contenders, query(zones.question(), zones.type(), i % 3 != 0, false), round, i);
                }
                compared += contenders.compared();
            }
        }
        judge("differential");
    }

    @ParameterizedTest
    @EnumSource(SigningTool.class)
    void answersFromZonesThatAreSignedAsNsdAndKnotDo(SigningTool tool) throws Exception {
        assumeThat(OtherServers.NSD).exists();
        assumeThat(OtherServers.KNOT).exists();
        tool.assumePresent();
        for (int round = 0; round < Math.max(1, rounds / 3); round++) {
            RandomZones zones = RandomZones.signable(seed + round);
            Random random = new Random(seed + round);
            Path here = folder("round" + round);
            Map<String, String> signed = tool.sign(zones.files(), here);
            try (Contenders contenders = new Contenders(here, signed)) {
                for (int i = 0; i < questions; i++) {
                    boolean plain = random.nextInt(4) != 0;
                    int type = plain ? zones.type() : SIGNED_TYPES[random.nextInt(SIGNED_TYPES.length)];
                    compare(contenders, query(zones.question(), type, i % 9 != 0, i % 10 != 0), round, i);
                }
                compared += contenders.compared();
                signatures += contenders.signed();
            }
        }
        assertThat(signatures).isGreaterThan(asked / 2);
        judge("differential, signed with " + tool);
    }

    /** Other operations and classes, any number of questions, EDNS of every size and version. */
    @Test
    void answersOddQuestionsAsNsdAndKnotDo() throws Exception {
        assumeThat(OtherServers.NSD).exists();
        assumeThat(OtherServers.KNOT).exists();
        RandomZones zones = new RandomZones(seed);
        OddQueries queries = new OddQueries(seed, zones::question, zones::type);
        ExecutorService askers = Executors.newFixedThreadPool(ASKERS);
        try (Contenders contenders = new Contenders(folder("odd"), zones.files())) {
            List<byte[]> all = new ArrayList<>();
            List<Callable<List<String>>> asking = new ArrayList<>();
            for (int i = 0; i < questions; i++) {
                byte[] query = queries.next();
                boolean tcp = isOverTcp(i);
                all.add(query);
                asking.add(() -> contenders.differences(query, tcp));
            }
            List<Future<List<String>>> found = askers.invokeAll(asking);
            for (int i = 0; i < questions; i++) {
                asked++;
                // Whoever was only too busy answers when it is asked alone.
                if (!found.get(i).get().isEmpty()) {
                    for (String difference : contenders.differences(all.get(i), isOverTcp(i))) {
                        differences.add("seed " + seed + " " + difference);
                    }
                }
            }
            compared += contenders.compared();
        } finally {
            askers.shutdownNow();
        }
        judge("differential, odd queries");
    }

    private static boolean isOverTcp(int number) {
        return number % 10 == 0;
    }

    private Path folder(String name) throws java.io.IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private void compare(Contenders contenders, Message query, int round, int number) throws java.io.IOException {
        asked++;
        for (String difference : contenders.differences(query, isOverTcp(number))) {
            differences.add("seed " + (seed + round) + " " + difference);
        }
    }

    private void judge(String what) {
        System.out.printf(
                "%s: seed %d, %d questions, %d answers with signatures, %d parts on which NSD and Knot agree, %d differences%n",
                what, seed, asked, signatures, compared, differences.size());
        assertThat(differences).isEmpty();
    }

    private static Message query(Name name, int type, boolean edns, boolean dnssecOk) {
        Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        query.getHeader().unsetFlag(Flags.RD);
        if (edns) {
            int flags = dnssecOk ? ExtendedFlags.DO : 0;
            query.addRecord(new OPTRecord(Contenders.PAYLOAD, 0, 0, flags), Section.ADDITIONAL);
        }
        return query;
    }
}
