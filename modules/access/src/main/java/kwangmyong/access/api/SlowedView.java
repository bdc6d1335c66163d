package kwangmyong.access.api;

/**
 * Somebody who must wait before the next log-in is even looked at.
 *
 * @param kind {@code subject}, {@code operator}, {@code address} or {@code seat} (a name at its own seat)
 * @param who the name or address
 * @param failures in a row
 * @param waitSeconds until the next try, by the machine's clock; rounded up
 */
public record SlowedView(String kind, String who, int failures, long waitSeconds) {}
