package kwangmyong.access.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A denial as shown to whom it befell.
 *
 * @param time of the latest, by the lab's clock
 * @param subject null when nobody was there
 * @param count how often in a row
 */
public record DenialView(Instant time, @Nullable String subject, String terminal, LayerDecision decision, int count) {}
