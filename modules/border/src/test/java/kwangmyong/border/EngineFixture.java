package kwangmyong.border;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kwangmyong.border.api.Condition;
import kwangmyong.border.packet.Packet;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.clearance.Ceiling;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;

/** An engine with what it asks, and all that left it. */
final class EngineFixture implements Exit, Journal {
    static final String HERE = "10.76.20.11";
    static final String THERE = "198.51.100.7";

    static final class Left {
        private final Side to;
        private final byte[] frame;

        Left(Side to, byte[] frame) {
            this.to = to;
            this.frame = frame;
        }

        Side to() {
            return to;
        }

        byte[] frame() {
            return frame;
        }

        Packet read() {
            Packet packet = new Packet();
            packet.read(ByteBuffer.wrap(frame), 0, frame.length);
            return packet;
        }
    }

    final List<Left> left = new ArrayList<>();
    final List<Access> asked = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    final ScriptedSessions sessions = new ScriptedSessions().with("academic", HERE);
    final ScriptedPolicy policy = new ScriptedPolicy(this::decide);
    final BorderEngine engine;
    private Decision decision = ScriptedPolicy.allow("flows");
    private final ByteBuffer octets = ByteBuffer.allocateDirect(1 << 16);

    EngineFixture() {
        this(FlowLimits.DEFAULT, Condition.CLEAR);
    }

    EngineFixture(FlowLimits limits, Condition link) {
        sessions.pluggedIn(
                HERE,
                new Attachment(
                        "campus",
                        List.of(AddressRange.parse("10.76.20.0/24")),
                        new Ceiling(3, Ceiling.EVERY_COMPARTMENT),
                        Attachment.LogIn.SEAT,
                        null));
        var deciding = new Deciding(policy, sessions, this, new SettableClock());
        var config = new BorderConfig(Set.of(Addresses.parse("10.76.0.1")), link, Map.of(), 7, limits, 1 << 20);
        engine = new BorderEngine(config, deciding, this);
    }

    private Decision decide(Access access) {
        asked.add(access);
        return decision;
    }

    /** From now on; who asks again is told so. */
    void decide(Decision next) {
        decision = next;
    }

    /** What left because of a frame. */
    List<Left> frame(Side from, byte[] frame, long now) {
        int before = left.size();
        octets.put(100, frame, 0, Math.min(frame.length, 60_000));
        engine.frame(from, octets, 100, Math.min(frame.length, 60_000), now);
        return List.copyOf(left.subList(before, left.size()));
    }

    List<Left> outward(byte[] frame) {
        return frame(Side.INSIDE, frame, 0);
    }

    List<Left> inward(byte[] frame) {
        return frame(Side.OUTSIDE, frame, 0);
    }

    static Condition delay(int millis) {
        return new Condition(Duration.ofMillis(millis), Duration.ZERO, 0, 0);
    }

    @Override
    public void send(Side to, ByteBuffer from, int at, int length) {
        byte[] frame = new byte[length];
        from.get(at, frame);
        left.add(new Left(to, frame));
    }

    @Override
    public void record(Event event) {
        events.add(event);
    }

    @Override
    public CompletionStage<Void> force(Event event) {
        throw new AssertionError("nobody waits for the disk here");
    }

    /** Forgets what left, was asked and recorded. */
    void forget() {
        left.clear();
        asked.clear();
        events.clear();
    }

    @Override
    public void flush() {
        // everything has left
    }
}
