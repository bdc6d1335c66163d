package kwangmyong.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import kwangmyong.testkit.Conversation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every script under {@code conversations}, over real sockets; a comment of the script says from which terminal and to which port. */
final class ConversationsTest {
    @TempDir
    Path directory;

    private MailBench bench;

    @BeforeEach
    void start() throws Exception {
        bench = new MailBench(directory);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smtp-send",
                "smtp-refusals",
                "smtp-small-commands",
                "smtp-auth",
                "smtp-pipelining",
                "pop3-empty",
            })
    void goesAsWritten(String name) throws Exception {
        try (MailClient client = connect(name)) {
            Conversation.load(ConversationsTest.class, name).play(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp-send", "smtp-small-commands", "smtp-pipelining", "smtp-auth", "pop3-empty"})
    void goesTheSameByteByByte(String name) throws Exception {
        try (MailClient client = connect(name)) {
            Conversation.load(ConversationsTest.class, name).play(new Slowly(client));
        }
    }

    private MailClient connect(String name) throws IOException {
        String script;
        try (InputStream in = ConversationsTest.class.getResourceAsStream("/conversations/" + name + ".txt")) {
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return bench.connect(setting(script, "port"), setting(script, "terminal"));
    }

    private static String setting(String script, String key) {
        return script.lines()
                .filter(line -> line.startsWith("# " + key + ": "))
                .map(line -> line.substring(key.length() + 4))
                .findFirst()
                .orElseThrow();
    }

    /** A byte a packet. */
    private record Slowly(MailClient client) implements Conversation.Server {
        @Override
        public void say(byte[] bytes) throws IOException {
            for (byte octet : bytes) {
                client.say(new byte[] {octet});
            }
        }

        @Override
        public @Nullable String hear() throws IOException {
            return client.hear();
        }
    }
}
