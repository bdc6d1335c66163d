package kwangmyong.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import kwangmyong.dns.prepared.PlainQuestion;
import kwangmyong.dns.prepared.PreparedAnswers;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.journal.Event;
import kwangmyong.net.datagram.DatagramBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DNS over UDP on a thread of its own, a batch at a time. Whoever asks seldom is answered by the engine, with a line in the journal for each
 * decision. Past {@link #LINES} queries in {@link #WHILE_MILLIS} ms, a client's plain questions are answered from what the engine answered that
 * same client before, as long as zones and decisions are provably the same, and equal decisions share a line with a count.
 */
final class DatagramLoop implements Runnable {
    /** Queries of one client in {@link #WHILE_MILLIS} ms that have a line each. */
    static final int LINES = 256;

    /** How long that share is for, and how late a line with a count is written at most. */
    static final int WHILE_MILLIS = 100;

    private static final long WHILE_NANOS = TimeUnit.MILLISECONDS.toNanos(WHILE_MILLIS);
    private static final Logger log = LoggerFactory.getLogger(DatagramLoop.class);

    private final DatagramBatch socket;
    private final Answering answering;
    private final Answering.Ports ports;
    private final AtomicLong changes;
    private final PlainQuestion[] questions = new PlainQuestion[DatagramBatch.SLOTS];
    private final Clients.Client[] askers = new Clients.Client[DatagramBatch.SLOTS];
    private final Way[] ways = new Way[DatagramBatch.SLOTS];
    private final long[] glances = new long[DatagramBatch.SLOTS];
    private final PreparedAnswers prepared;
    private final Folds folds = new Folds();
    private final Clients clients = new Clients();
    private final RateLimit limit;
    private final byte[] query = new byte[UdpHandler.MAX_QUERY];

    /** How a query is answered. */
    private enum Way {
        NOT_AT_ALL,
        WITH_A_LINE,
        WITHOUT_A_LINE,
        PREPARED
    }

    private int slot;

    @SuppressWarnings("UnusedVariable") // what was fetched ahead has to go somewhere, or it would not be fetched
    private long touched;

    /** Under which what the engine has just decided is counted. */
    private int number;

    private final Supplier<InetAddress> senderOfSlot = this::sender;
    private long nanos;
    private long flushAt;
    private boolean waitsShortly;
    private boolean steady;
    private Instant steadyUntil = Instant.MIN;
    private long changesSeen = -1;
    private ZoneSet zonesSeen = ZoneSet.EMPTY;

    /**
     * @param changes counts what may change a decision
     * @param maxOctets of prepared answers
     */
    DatagramLoop(
            DatagramBatch socket, Answering answering, AtomicLong changes, DnsConfig.Limits limits, long maxOctets) {
        this.socket = socket;
        this.answering = answering;
        this.ports = answering.ports();
        this.changes = changes;
        Arrays.setAll(questions, slot -> new PlainQuestion(limits.udpPayload()));
        this.limit = new RateLimit(limits.rate());
        this.prepared = new PreparedAnswers(maxOctets);
    }

    @Override
    public void run() {
        try {
            while (!socket.isClosed()) {
                int count = socket.receive();
                if (!socket.isClosed()) {
                    begin();
                    lookAhead(count);
                    for (slot = 0; slot < count; slot++) {
                        answerSlot();
                    }
                    socket.send();
                    waitShortlyWhereLinesArePending();
                }
            }
            folds.flush(ports.journal(), ports.clock().now());
        } catch (IOException | RuntimeException failure) {
            log.error("DNS over UDP stopped on one of its sockets", failure);
        } finally {
            socket.release();
        }
    }

    /** Looks whether what is prepared still holds, and writes the folded lines when their time has come. */
    private void begin() {
        nanos = System.nanoTime();
        long changesNow = changes.get();
        Instant now = ports.clock().now();
        ZoneSet zones = ports.zones().get();
        if (changesNow != changesSeen
                || zones != zonesSeen
                || !now.isBefore(steadyUntil)
                || folds.areFull()
                || clients.areFull()) {
            changesSeen = changesNow;
            zonesSeen = zones;
            steadyUntil = ports.policy().steadyUntil(now);
            steady = now.isBefore(steadyUntil);
            forget(now);
        }
        if (folds.arePending() && nanos - flushAt >= 0) {
            folds.flush(ports.journal(), now);
        }
    }

    /** Whoever asked may ask nothing more: what is folded is written all the same. */
    private void waitShortlyWhereLinesArePending() throws IOException {
        if (waitsShortly != folds.arePending()) {
            waitsShortly = !waitsShortly;
            socket.wait(waitsShortly ? WHILE_MILLIS : 0);
        }
    }

    private void forget(Instant now) {
        folds.flush(ports.journal(), now);
        folds.clear();
        prepared.clear();
        if (clients.areFull()) {
            clients.clear();
        }
    }

    private void answerSlot() {
        try {
            int length = limited(answer());
            if (length > 0) {
                socket.answer(slot, length);
            }
        } catch (RuntimeException failure) {
            log.error("A query could not be answered", failure);
        }
    }

    private int limited(int length) {
        return limit.limited(
                socket.octets(), socket.offset(slot), length, socket.isIpv6(slot), socket.addressHigh(slot), nanos);
    }

    /** Finds how each query of the batch is to be answered, and has prepared answers fetched from memory all at a time. */
    private void lookAhead(int count) {
        for (slot = 0; slot < count; slot++) {
            ways[slot] = way();
        }
        for (int i = 0; i < count; i++) {
            glances[i] = ways[i] == Way.PREPARED ? prepared.glance(questions[i], askers[i].view) : 0;
        }
        for (int i = 0; i < count; i++) {
            touched += prepared.touch(glances[i]);
        }
    }

    private Way way() {
        int length = socket.length(slot);
        if (length < PlainQuestion.HEADER || socket.port(slot) == 0) {
            return Way.NOT_AT_ALL; // nothing to answer, or no way to
        }
        Clients.Client client = clients.of(socket.addressHigh(slot), socket.addressLow(slot), senderOfSlot);
        askers[slot] = client;
        if (!steady || client.takesLine(nanos, LINES, WHILE_NANOS)) {
            return Way.WITH_A_LINE;
        }
        return questions[slot].read(socket.octets(), socket.offset(slot), length) ? Way.PREPARED : Way.WITHOUT_A_LINE;
    }

    /** Octets of the answer, which stands in the slot; 0 for none. */
    private int answer() {
        int from = socket.offset(slot);
        int length = socket.length(slot);
        Clients.Client client = askers[slot];
        return switch (ways[slot]) {
            case NOT_AT_ALL -> 0;
            case WITH_A_LINE -> byEngine(client, from, length);
            case WITHOUT_A_LINE -> byEngineFolded(client, from, length);
            case PREPARED -> prepared(questions[slot], client, from, length);
        };
    }

    private int prepared(PlainQuestion question, Clients.Client client, int from, int length) {
        int place = prepared.find(question, client.view);
        if (place == 0) {
            int answered = byEngineFolded(client, from, length);
            prepared.store(question, client.view, number, answering.engine().response(), answered);
            return answered;
        }
        count(prepared.tag(question, place));
        return prepared.answer(question, place, socket.octets(), from);
    }

    private void count(int foldsNumber) {
        if (!folds.arePending()) {
            flushAt = nanos + WHILE_NANOS;
        }
        folds.count(foldsNumber);
    }

    private int byEngine(Clients.Client client, int from, int length) {
        int taken = take(from, length);
        return reply(answering.answer(query, taken, client.peer, Carrier.UDP), from);
    }

    private int byEngineFolded(Clients.Client client, int from, int length) {
        int taken = take(from, length);
        DnsEngine.Outcome outcome = answering.answerUnrecorded(query, taken, client.peer, Carrier.UDP);
        Event noted = answering.inquiry().noted();
        if (noted != null) {
            answering.ports().journal().record(noted);
        }
        number = folds.number(answering.inquiry().made());
        count(number);
        return reply(outcome, from);
    }

    private int take(int from, int length) {
        int taken = Math.min(length, query.length);
        socket.octets().get(from, query, 0, taken);
        return taken;
    }

    private int reply(DnsEngine.Outcome outcome, int from) {
        if (outcome != DnsEngine.Outcome.ANSWER) {
            return 0;
        }
        int length = answering.engine().length();
        socket.octets().put(from, answering.engine().response(), 0, length);
        return length;
    }

    private InetAddress sender() {
        return socket.address(slot);
    }
}
