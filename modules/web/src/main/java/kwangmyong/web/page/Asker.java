package kwangmyong.web.page;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for a page.
 *
 * @param terminal the lab address that asks
 * @param subject whom the gateway named; null when it named nobody, or the terminal came by itself
 * @param attachment where the gateway says the terminal is plugged in; null as {@code subject}
 * @param throughGateway whether the gateway vouches for all this
 */
public record Asker(
        InetAddress terminal,
        @Nullable String subject,
        @Nullable String attachment,
        boolean throughGateway) {}
