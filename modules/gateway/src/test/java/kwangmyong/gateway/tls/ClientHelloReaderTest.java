package kwangmyong.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import kwangmyong.gateway.http.BadMessage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClientHelloReaderTest {
    private static final String NAME = "lib.kut.edu.kp";
    private static final ClientHello EXPECTED = new ClientHello(NAME, List.of("h2", "http/1.1"), false);

    @Test
    void readsTheNameAndTheProtocolsOfARealHello() throws BadMessage {
        assertThat(new ClientHelloReader().read(Unpooled.wrappedBuffer(HelloMaker.hello(NAME, "h2", "http/1.1"))))
                .isEqualTo(EXPECTED);
    }

    @Test
    void readsNoNameWhereNoneIsSaid() throws BadMessage {
        ClientHello hello = new ClientHelloReader().read(Unpooled.wrappedBuffer(HelloMaker.hello(null)));

        assertThat(hello).isEqualTo(new ClientHello(null, List.of(), false));
    }

    @Test
    void recognisesAHelloThatIsCutAtEveryOctet() throws BadMessage {
        byte[] whole = HelloMaker.hello(NAME, "h2", "http/1.1");
        for (int cut = 0; cut < whole.length; cut++) {
            ClientHelloReader reader = new ClientHelloReader();
            assertThat(reader.read(Unpooled.wrappedBuffer(whole, 0, cut)))
                    .as("up to octet %d", cut)
                    .isNull();
            assertThat(reader.read(Unpooled.wrappedBuffer(whole)))
                    .as("cut at octet %d", cut)
                    .isEqualTo(EXPECTED);
        }
    }

    @Test
    void recognisesAHelloFedOctetByOctet() throws BadMessage {
        byte[] whole = HelloMaker.inRecords(HelloMaker.hello(NAME, "h2", "http/1.1"), 7);
        ClientHelloReader reader = new ClientHelloReader();
        ByteBuf in = Unpooled.buffer();
        for (int i = 0; i < whole.length - 1; i++) {
            assertThat(reader.read(in.writeByte(whole[i]))).isNull();
        }
        assertThat(reader.read(in.writeByte(whole[whole.length - 1]))).isEqualTo(EXPECTED);
        assertThat(in.readableBytes()).as("what is left for the host").isEqualTo(whole.length);
    }

    @Test
    void recognisesAHelloInRecordsOfEverySize() throws BadMessage {
        byte[] whole = HelloMaker.hello(NAME, "h2", "http/1.1");
        for (int size = 1; size < whole.length; size++) {
            assertThat(new ClientHelloReader().read(Unpooled.wrappedBuffer(HelloMaker.inRecords(whole, size))))
                    .as("in records of %d octets", size)
                    .isEqualTo(EXPECTED);
        }
    }

    @Test
    void notesAnEncryptedHello() throws BadMessage {
        byte[] whole = HelloMaker.with(NAME, HelloMaker.encryptedHello());

        ClientHello hello = new ClientHelloReader().read(Unpooled.wrappedBuffer(whole));

        assertThat(hello).isEqualTo(new ClientHello(NAME, List.of(), true));
    }

    @Test
    void refusesTwoNames() {
        byte[] second = HelloMaker.serverName("kcna.kp");

        assertThatThrownBy(() -> new ClientHelloReader().read(Unpooled.wrappedBuffer(HelloMaker.with(NAME, second))))
                .isInstanceOf(BadMessage.class)
                .hasMessageContaining("twice");
    }

    @Test
    void refusesAnotherProtocolAtItsFirstOctet() {
        assertThatThrownBy(() -> new ClientHelloReader().read(Unpooled.wrappedBuffer(new byte[] {'G'})))
                .isInstanceOf(BadMessage.class);
    }

    @Test
    void refusesAHelloThatIsTooLongBeforeItHasCome() {
        byte[] start = {22, 3, 1, 0, 4, 1, 1, 0, 0};

        assertThatThrownBy(() -> new ClientHelloReader().read(Unpooled.wrappedBuffer(start)))
                .isInstanceOf(BadMessage.class)
                .hasMessageContaining("longer");
    }

    @Test
    void refusesAnEmptyRecord() {
        assertThatThrownBy(() -> new ClientHelloReader().read(Unpooled.wrappedBuffer(new byte[] {22, 3, 1, 0, 0})))
                .isInstanceOf(BadMessage.class);
    }

    @Tag("fuzz")
    @Test
    void survivesWhateverIsDoneToAHello() {
        long seed = Long.getLong("kwm.fuzz.seed", ThreadLocalRandom.current().nextLong());
        int rounds = Integer.getInteger("kwm.fuzz.rounds", 20_000);
        System.out.println("ClientHelloReaderTest: -Dkwm.seed=" + seed);
        Random random = new Random(seed);
        byte[] whole = HelloMaker.hello(NAME, "h2", "http/1.1");
        for (int round = 0; round < rounds; round++) {
            byte[] bent = Arrays.copyOf(whole, random.nextInt(whole.length) + 1);
            for (int i = random.nextInt(4); i > 0; i--) {
                bent[random.nextInt(bent.length)] = (byte) random.nextInt(256);
            }
            try {
                ClientHello read = new ClientHelloReader().read(Unpooled.wrappedBuffer(bent));
                assertThat(read == null || read.protocols().size() <= whole.length)
                        .isTrue();
            } catch (BadMessage refused) {
                assertThat(refused.status()).isEqualTo(400);
            }
        }
    }
}
