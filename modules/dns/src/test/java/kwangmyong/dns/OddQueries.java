package kwangmyong.dns;

import java.util.Random;
import java.util.function.Supplier;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Queries that few clients send: other operations and classes, any number of questions, EDNS of every size and version, options. */
final class OddQueries {
    private static final int[] SIZES = {0, 1, 511, 512, 513, 600, 1231, 1232, 1233, 4096, 65535};
    private static final int[] CLASSES = {DClass.IN, DClass.IN, DClass.CHAOS, DClass.HESIOD, DClass.ANY, DClass.NONE, 42
    };
    private static final int[] OPERATIONS = {0, 0, 0, 0, 1, 2, 3, 6, 7, 15};
    /** NSID, client subnet, a cookie, padding, an unknown one. */
    private static final int[][] OPTIONS = {{3, 0}, {8, 7}, {10, 8}, {12, 30}, {65001, 5}};

    private static final byte[] SUBNET = {0, 1, 24, 0, (byte) 192, 0, 2};

    private final Random random;
    private final Supplier<Name> names;
    private final Supplier<Integer> types;

    OddQueries(long seed, Supplier<Name> names, Supplier<Integer> types) {
        this.random = new Random(seed);
        this.names = names;
        this.types = types;
    }

    byte[] next() {
        Message query = new Message(random.nextInt(65536));
        query.getHeader().setOpcode(pick(OPERATIONS));
        for (int flag : new int[] {Flags.AA, Flags.TC, Flags.RD, Flags.RA, Flags.AD, Flags.CD}) {
            if (random.nextInt(6) == 0) {
                query.getHeader().setFlag(flag);
            }
        }
        int questions = random.nextInt(8) == 0 ? random.nextInt(3) : 1;
        for (int i = 0; i < questions; i++) {
            query.addRecord(Record.newRecord(names.get(), types.get(), pick(CLASSES)), Section.QUESTION);
        }
        if (random.nextInt(4) != 0) {
            query.addRecord(opt(), Section.ADDITIONAL);
        }
        if (random.nextInt(30) == 0) {
            query.addRecord(opt(), Section.ADDITIONAL);
        }
        return query.toWire();
    }

    private OPTRecord opt() {
        OPTRecord plain = new OPTRecord(
                pick(SIZES), random.nextInt(20) == 0 ? 1 : 0, random.nextInt(8) == 0 ? 1 + random.nextInt(255) : 0);
        if (random.nextInt(3) == 0) {
            return plain;
        }
        java.util.List<org.xbill.DNS.EDNSOption> options = new java.util.ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int[] option = OPTIONS[random.nextInt(OPTIONS.length)];
            byte[] data = option[0] == 8 ? SUBNET : new byte[option[1]];
            options.add(new GenericEDNSOption(option[0], data));
        }
        return new OPTRecord(plain.getPayloadSize(), plain.getExtendedRcode(), plain.getVersion(), 0, options);
    }

    private int pick(int[] from) {
        return from[random.nextInt(from.length)];
    }
}
