package kwangmyong.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import kwangmyong.mail.wire.Sasl;
import kwangmyong.net.LineFramer.Line;
import kwangmyong.testkit.SeededFuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Commands, parameters, SASL responses and headers, damaged: every line has its answer, and no other than an SMTP reply. */
@Tag("fuzz")
final class SmtpEngineFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final SmtpTerms TERMS = new SmtpTerms("mail.kp", "mail.kp", null, false, 1 << 20, 10, 20, 3);

    @Test
    void anyConversationIsAnswered() {
        SeededFuzz.ofTexts(
                        ROUNDS,
                        "EHLO a\nMAIL FROM:<a@b.kp> SIZE=9 BODY=8BITMIME\nRCPT TO:<c@d.kp>\nDATA\nQUIT",
                        "EHLO a\nAUTH PLAIN AGEAYg==\nAUTH LOGIN\nYQ==\nYg==\n*",
                        "HELO [10.0.0.1]\nVRFY x\nNOOP x\nRSET\nHELP\nSTARTTLS\nBDAT 1",
                        "EHLO a\nMAIL FROM:<> SMTPUTF8 AUTH=<>\nRCPT TO:<\"a b\"@[IPv6:fd00::1]>")
                .tryAll(StandardCharsets.ISO_8859_1, text -> {
                    var engine = new SmtpEngine(TERMS, text.length() % 2 == 0);
                    for (String line : text.split("\n", 64)) {
                        SmtpStep step = engine.line(new Line.Text(line));
                        assertThat(step).isNotNull();
                        if (step instanceof SmtpStep.Say say) {
                            assertThat(say.reply().code()).isBetween(200, 599);
                        } else if (step instanceof SmtpStep.CheckSender) {
                            assertThat(engine.senderChecked(null)).isNotNull();
                        }
                    }
                });
    }

    @Test
    void anyParametersAreReadOrFaulty() {
        SeededFuzz.ofTexts(ROUNDS, "SIZE=18446744073709551615 BODY=7BIT", "SMTPUTF8 AUTH=<>", "size=1 SIZE=1")
                .tryAll(
                        StandardCharsets.ISO_8859_1,
                        text -> assertThat(MailParameters.parse(text).octets()).isNotNegative());
    }

    @Test
    void anySaslResponseEndsTheExchangeOrGoesOn() {
        SeededFuzz.ofTexts(ROUNDS, "AGFjYWRlbWljAGFjYWRlbWljLWRlbW8=", "=", "*", "YQ==")
                .tryAll(StandardCharsets.ISO_8859_1, text -> {
                    for (String mechanism : Sasl.MECHANISMS.split(" ", -1)) {
                        Sasl sasl = Sasl.of(mechanism);
                        assertThat(sasl).isNotNull();
                        Sasl.Step first = sasl.begin(text);
                        if (first instanceof Sasl.Step.Challenge) {
                            assertThat(sasl.respond(text)).isNotInstanceOf(Sasl.Step.Challenge.class);
                        }
                    }
                });
    }

    @Test
    void anyHeaderIsWatchedTheSameInPieces() {
        SeededFuzz.ofTexts(ROUNDS, "Received: a\r\nRECEIVED: b\r\n c\r\nSubject: x\r\n\r\nReceived: no\r\n")
                .tryAll(input -> {
                    ByteBuf whole = Unpooled.wrappedBuffer(input);
                    var atOnce = new HeaderWatch();
                    atOnce.look(whole);
                    var pieces = new HeaderWatch();
                    for (int at = 0; at < input.length; at += 7) {
                        pieces.look(whole.slice(at, Math.min(7, input.length - at)));
                    }
                    assertThat(pieces.received()).isEqualTo(atOnce.received());
                });
    }
}
