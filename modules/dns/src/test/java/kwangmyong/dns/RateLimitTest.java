package kwangmyong.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import kwangmyong.kernel.place.Addresses;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

final class RateLimitTest {
    private static final int FROM = 16;
    private static final long MILLI = 1_000_000;

    private final EngineFixture engine = new EngineFixture(TestZones.load());
    private final ByteBuffer octets = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    private RateLimit limit = new RateLimit(new DnsConfig.RateLimit(100, 2, 24, 56));
    private int truncated;

    /** How many of so many answers were sent whole. */
    private int sent(int times, String to, String name, long nanos) {
        engine.ask(name, Type.A);
        byte[] answer = engine.response();
        InetAddress address = Addresses.parse(to);
        byte[] raw = address.getAddress();
        long high = ByteBuffer.wrap(Arrays.copyOf(raw, 8))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        int whole = 0;
        truncated = 0;
        for (int i = 0; i < times; i++) {
            octets.put(FROM, answer);
            int length = limit.limited(octets, FROM, answer.length, raw.length == 16, high, nanos);
            whole += length == answer.length ? 1 : 0;
            truncated += length > 0 && length < answer.length ? 1 : 0;
        }
        return whole;
    }

    @Test
    void sendsSoManyInASecondAndEverySecondOfTheOthersTruncated() throws Exception {
        assertThat(sent(300, "10.0.0.1", "mail.garden.kp", 0)).isEqualTo(100);
        assertThat(truncated).isEqualTo(100);
        assertThat(sent(300, "10.0.0.1", "mail.garden.kp", 500 * MILLI)).isEqualTo(50);
        assertThat(sent(300, "10.0.0.1", "mail.garden.kp", 60_000 * MILLI)).isEqualTo(100);
        octets.put(FROM, engine.response());
        int length = 0;
        while (length == 0 || length == engine.response().length) {
            octets.put(FROM, engine.response());
            length = limit.limited(octets, FROM, engine.response().length, false, 0x0100000aL, 60_000 * MILLI);
        }
        byte[] slip = new byte[length];
        octets.get(FROM, slip);
        Message message = new Message(slip);
        assertThat(message.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(message.getSection(Section.QUESTION)).hasSize(1);
        assertThat(message.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void countsNetworksApartAndTheirAddressesTogether() {
        assertThat(sent(100, "10.0.0.1", "mail.garden.kp", 0)).isEqualTo(100);
        assertThat(sent(100, "10.0.0.200", "mail.garden.kp", 0)).isZero();
        assertThat(sent(100, "10.0.1.1", "mail.garden.kp", 0)).isEqualTo(100);
        assertThat(sent(100, "fd00::1", "mail.garden.kp", 0)).isEqualTo(100);
        assertThat(sent(100, "fd00:0:0:ff::2", "mail.garden.kp", 0)).isZero();
        assertThat(sent(100, "fd00:0:0:100::2", "mail.garden.kp", 0)).isEqualTo(100);
    }

    @Test
    void countsKindsOfAnswersApart() {
        assertThat(sent(100, "10.0.0.1", "mail.garden.kp", 0)).isEqualTo(100);
        assertThat(sent(100, "10.0.0.1", "no.garden.kp", 0)).isEqualTo(100);
        assertThat(sent(100, "10.0.0.1", "example.com", 0)).isEqualTo(100);
        assertThat(sent(100, "10.0.0.1", "no2.garden.kp", 0)).isZero();
    }

    @Test
    void sendsEverythingWhereItIsOff() {
        limit = new RateLimit(DnsConfig.RateLimit.OFF);
        assertThat(sent(10_000, "10.0.0.1", "mail.garden.kp", 0)).isEqualTo(10_000);
    }

    @Test
    void withoutSlipHoldsBackAllTheOthers() {
        limit = new RateLimit(new DnsConfig.RateLimit(10, 0, 24, 56));
        assertThat(sent(100, "10.0.0.1", "mail.garden.kp", 0)).isEqualTo(10);
        assertThat(truncated).isZero();
    }

    @Test
    void refusesNumbersThatMakeNoSense() {
        assertThatThrownBy(() -> new DnsConfig.RateLimit(-1, 2, 24, 56)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DnsConfig.RateLimit(10, 2, 33, 56)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DnsConfig.RateLimit(10, 2, 24, 65)).isInstanceOf(IllegalArgumentException.class);
    }
}
