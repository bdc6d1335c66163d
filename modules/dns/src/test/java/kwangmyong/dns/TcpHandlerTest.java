package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.ScriptedSessions;
import kwangmyong.testkit.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

final class TcpHandlerTest {
    private static final Duration IDLE = Duration.ofMillis(200);

    private final RecordingJournal journal = new RecordingJournal();
    private final ScriptedPolicy policy = ScriptedPolicy.allowingAll();
    private final DnsConfig.Limits limits = new DnsConfig.Limits(1232, IDLE, 2, 2, 4096);
    private final TcpConnections connections = new TcpConnections(limits);
    private final ZoneSet zones = TestZones.load();
    private final Answering answering = new Answering(
            new DnsConfig(List.of(), List.of(), limits, 5, ""),
            new Answering.Ports(
                    () -> zones,
                    new ServerCookies(),
                    AddressPlan.real(),
                    policy,
                    new ScriptedSessions(),
                    journal,
                    new SettableClock()));
    private final List<EmbeddedChannel> opened = new ArrayList<>();
    private final EmbeddedChannel channel = open();

    private EmbeddedChannel open() {
        return open(IDLE);
    }

    private EmbeddedChannel open(Duration idle) {
        EmbeddedChannel fresh = new EmbeddedChannel();
        ConnectionGuard guard = new ConnectionGuard(connections, idle);
        fresh.pipeline().addLast(guard, new TcpHandler(() -> answering, guard, Carrier.TCP));
        fresh.pipeline().fireChannelActive();
        fresh.config().setWriteBufferWaterMark(new WriteBufferWaterMark(2048, 4096));
        opened.add(fresh);
        return fresh;
    }

    @AfterEach
    void close() {
        opened.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    private static ByteBuf framed(Message... messages) {
        ByteBuf stream = Unpooled.buffer();
        for (Message message : messages) {
            byte[] wire = message.toWire();
            stream.writeShort(wire.length).writeBytes(wire);
        }
        return stream;
    }

    private List<Message> answers() {
        List<Message> answers = new ArrayList<>();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            byte[] wire = new byte[out.readUnsignedShort()];
            out.readBytes(wire);
            assertThat(out.isReadable()).isFalse();
            out.release();
            try {
                answers.add(new Message(wire));
            } catch (IOException malformed) {
                throw new AssertionError(malformed);
            }
        }
        return answers;
    }

    @Test
    void answersPipelinedQueriesInOrderHoweverTheyArrive() {
        Message first = EngineFixture.query("mail.garden.kp", Type.A);
        Message second = EngineFixture.query("none.garden.kp", Type.A);
        ByteBuf stream = framed(first, second);
        while (stream.isReadable()) {
            channel.writeInbound(stream.readBytes(1));
        }
        stream.release();
        channel.writeInbound(framed(first, second));
        assertThat(answers())
                .extracting(answer -> answer.getHeader().getID())
                .containsExactly(
                        first.getHeader().getID(),
                        second.getHeader().getID(),
                        first.getHeader().getID(),
                        second.getHeader().getID());
        assertThat(journal.events()).hasSize(4);
    }

    @Test
    void streamsATransferInSeveralMessages() {
        channel.writeInbound(framed(EngineFixture.query("garden.kp", Type.AXFR)));
        channel.runPendingTasks();
        List<Message> answers = answers();
        assertThat(answers.get(0).getSection(Section.ANSWER).get(0).getType()).isEqualTo(Type.SOA);
        List<org.xbill.DNS.Record> last = answers.get(answers.size() - 1).getSection(Section.ANSWER);
        assertThat(last.get(last.size() - 1).getType()).isEqualTo(Type.SOA);
        assertThat(journal.events())
                .singleElement()
                .satisfies(event -> assertThat(event.action()).isEqualTo("transfer"));
    }

    @Test
    void refusesATransferAndJournalsIt() {
        policy.become(access -> ScriptedPolicy.deny(Reason.NO_RULE, Presentation.Dns.NXDOMAIN));
        channel.writeInbound(framed(EngineFixture.query("garden.kp", Type.AXFR)));
        assertThat(answers())
                .singleElement()
                .satisfies(answer -> assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED));
        assertThat(journal.events())
                .singleElement()
                .satisfies(event -> assertThat(event.resource()).hasToString("garden.kp AXFR"));
    }

    @Test
    void cutsWhoeverNeverEndsAQuestion() {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 40, 1}));
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(IDLE.toMillis() * 2, TimeUnit.MILLISECONDS);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (channel.isOpen() && System.nanoTime() < deadline) {
            channel.advanceTimeBy(IDLE.toMillis(), TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void turnsAwayConnectionsPastTheLimit() {
        assertThat(open().isOpen()).isTrue();
        assertThat(open().isOpen()).isFalse();
        channel.close().syncUninterruptibly();
        assertThat(open().isOpen()).isTrue();
    }

    @Tag("fuzz")
    @Test
    void staysUprightOnAnyInput() {
        long seed = Long.getLong("kwm.fuzz.seed", 20_260_301);
        System.out.println("tcp fuzz: seed " + seed);
        Random random = new Random(seed);
        EmbeddedChannel patient = open(Duration.ofMinutes(1));
        for (int i = 0; i < Integer.getInteger("kwm.fuzz.rounds", 500); i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            if (noise.length > 1 && random.nextBoolean()) {
                noise[0] = 0;
            }
            patient.writeInbound(Unpooled.wrappedBuffer(noise));
            for (ByteBuf out = patient.readOutbound(); out != null; out = patient.readOutbound()) {
                out.release();
            }
        }
        patient.checkException();
        assertThat(patient.isOpen()).isTrue();
    }
}
