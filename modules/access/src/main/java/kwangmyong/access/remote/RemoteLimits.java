package kwangmyong.access.remote;

import java.time.Duration;

/**
 * What bounds a connection between the controller and a service.
 *
 * @param longestFromController octets of one message: the rules of a large lab
 * @param longestFromService octets of one message: a batch of journal lines
 * @param openQuestions log-ins and log-outs that may wait for an answer at once
 * @param answerWithin how long a question waits
 * @param beatEvery how often either end says something
 * @param silence after how long without a word the other end counts as gone
 * @param connectWithin how long opening a connection may take
 * @param longestBackOff between attempts to connect again, which begin at a tenth of a second and double
 * @param batchLines of a journal in one message
 * @param batchOctets of a journal in one message, a longer line apart
 */
public record RemoteLimits(
        int longestFromController,
        int longestFromService,
        int openQuestions,
        Duration answerWithin,
        Duration beatEvery,
        Duration silence,
        Duration connectWithin,
        Duration longestBackOff,
        int batchLines,
        int batchOctets) {
    public static final RemoteLimits DEFAULT = new RemoteLimits(
            256 << 20,
            4 << 20,
            1_024,
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            1_000,
            1 << 20);
}
