package kwangmyong.lab.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import kwangmyong.lab.files.StateFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logging by code rather than by XML, which saves the start a parser. Commands log warnings to the standard error; a lab logs to a file of its own
 * that is rolled at {@value #MAX_MEGABYTES} MB.
 */
public final class LogSetup extends ContextAwareBase implements ch.qos.logback.classic.spi.Configurator {
    private static final int MAX_MEGABYTES = 10;
    private static final int KEPT_FILES = 5;
    /** A message is one line, whatever it quotes: no client begins a line of the log, nor moves an operator's cursor. */
    private static final String MESSAGE = "%replace(%msg){'[\0-\b\n-\037\177-\237\u2028\u2029]', '\ufffd'}";

    private static final String FILE_PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSS} %-5level [%thread] %logger{24} - " + MESSAGE + "%n";
    private static final String TERMINAL_PATTERN = "kwm: %msg%n";

    /** What Logback calls first. */
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var terminal = new ch.qos.logback.core.ConsoleAppender<ILoggingEvent>();
        terminal.setTarget("System.err");
        start(context, terminal, TERMINAL_PATTERN);
        root(context).setLevel(Level.WARN);
        // It warns of every client that speaks no SSH; hostile input is no news.
        context.getLogger("org.apache.sshd").setLevel(Level.ERROR);
        // It tells of every frame behind a stream's end.
        context.getLogger("io.netty.handler.codec.http2").setLevel(Level.WARN);
        // It tells of each step, and that it knows no H2 of tomorrow.
        context.getLogger("org.flywaydb").setLevel(Level.ERROR);
        root(context).addAppender(terminal);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Sends everything from INFO on to the lab's log file, and nothing to the terminal. */
    public static Path toFile(StateFolder state) {
        return toFile(state.logs().resolve("kwm.log"));
    }

    /** As {@link #toFile(StateFolder)}, to a file of one's own. */
    public static Path toFile(Path file) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            root(context).detachAndStopAllAppenders();
            root(context).setLevel(Level.INFO);
            root(context).addAppender(writing(context, file));
        }
        return file;
    }

    static Appender<ILoggingEvent> writing(LoggerContext context, Path file) {
        var rolling = new RollingFileAppender<ILoggingEvent>();
        rolling.setContext(context);
        rolling.setFile(file.toString());
        var window = new FixedWindowRollingPolicy();
        window.setContext(context);
        window.setParent(rolling);
        window.setFileNamePattern(file + ".%i");
        window.setMaxIndex(KEPT_FILES);
        window.start();
        var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(MAX_MEGABYTES * FileSize.MB_COEFFICIENT));
        size.start();
        rolling.setRollingPolicy(window);
        rolling.setTriggeringPolicy(size);
        start(context, rolling, FILE_PATTERN);
        return rolling;
    }

    private static ch.qos.logback.classic.Logger root(LoggerContext context) {
        return context.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    private static void start(LoggerContext context, OutputStreamAppender<ILoggingEvent> appender, String pattern) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.setCharset(java.nio.charset.StandardCharsets.UTF_8);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
    }
}
