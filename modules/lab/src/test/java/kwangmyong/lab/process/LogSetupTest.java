package kwangmyong.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogSetupTest {
    @Test
    void whatAClientSaidBeginsNoLineOfTheLog(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("kwm.log");
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        Appender<ILoggingEvent> writing = LogSetup.writing(context, file);
        Logger log = context.getLogger("test");
        log.addAppender(writing);
        log.warn("no page {}", "/a\r\n2026-03-01T09:00:00.000 WARN  all is well\u2028\u0085\u001b[2J\tb 광명");
        log.warn("broken", new IllegalStateException("the program's own"));
        writing.stop();
        assertThat(Files.readAllLines(file))
                .hasSizeGreaterThan(3)
                .first()
                .asString()
                .endsWith(
                        " - no page /a\ufffd\ufffd2026-03-01T09:00:00.000 WARN  all is well\ufffd\ufffd\ufffd[2J\tb 광명");
        assertThat(Files.readString(file)).contains(" - broken\n", "\tat kwangmyong.lab.process.LogSetupTest");
    }
}
