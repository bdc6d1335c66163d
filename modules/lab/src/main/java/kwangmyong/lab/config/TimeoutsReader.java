package kwangmyong.lab.config;

import java.time.Duration;
import kwangmyong.gateway.GatewayConfig.Timeouts;

/** Reads {@code gateway.timeouts}: whole seconds. */
final class TimeoutsReader {
    private TimeoutsReader() {}

    static Timeouts read(Section section) {
        Timeouts usual = Timeouts.DEFAULT;
        return new Timeouts(
                seconds(section, "header", usual.header()),
                seconds(section, "body", usual.body()),
                seconds(section, "idle", usual.idle()),
                seconds(section, "connect", usual.connect()),
                seconds(section, "response", usual.response()),
                seconds(section, "tunnel", usual.tunnel()),
                seconds(section, "linger", usual.linger()));
    }

    private static Duration seconds(Section section, String key, Duration usual) {
        return Duration.ofSeconds(section.integer(key, (int) usual.toSeconds()));
    }
}
