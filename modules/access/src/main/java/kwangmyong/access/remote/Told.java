package kwangmyong.access.remote;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import kwangmyong.access.policy.PolicySnapshot;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * What one service has been told so far, and what it must be told to know what is so now. Changes are never queued: a slow service is told the difference when it
 * can be, however much happened meanwhile, and costs no more memory than what there is to know. Of one thread.
 */
final class Told {
    private final Map<InetAddress, Session> seated = new HashMap<>();
    private final Map<String, Session> credentials = new HashMap<>();
    private @Nullable PolicySnapshot rules;
    private boolean seatingTold;

    /** Credentials that the service goes by: it must be told when they hold no longer. */
    void gave(Session session) {
        credentials.put(session.id(), session);
    }

    /**
     * What is new.
     *
     * @param holds whether a session of credentials still does
     */
    List<Message> news(PolicySnapshot current, List<Session> present, Predicate<Session> holds) {
        List<Message> news = new ArrayList<>();
        PolicySnapshot before = rules;
        if (before == null || !sameRules(before.policy(), current.policy())) {
            news.add(new Message.Rules(current.policy(), current.hash()));
        } else if (!before.policy().grants().equals(current.policy().grants())) {
            news.add(new Message.Grants(current.policy().grants(), current.hash()));
        }
        rules = current;
        seating(present, news);
        List<String> ended = credentials.values().stream()
                .filter(holds.negate())
                .map(Session::id)
                .toList();
        if (!ended.isEmpty()) {
            credentials.keySet().removeAll(ended);
            news.add(new Message.Ended(ended));
        }
        return news;
    }

    /** Rules under other grants share their lists: whether it is those takes no look into them. */
    private static boolean sameRules(Policy one, Policy other) {
        return one.rules() == other.rules()
                && one.subjects() == other.subjects()
                && one.attachments() == other.attachments()
                && one.withGrants(List.of()).equals(other.withGrants(List.of()));
    }

    private void seating(List<Session> present, List<Message> news) {
        List<Session> fresh = new ArrayList<>();
        Set<InetAddress> there = new HashSet<>();
        for (Session session : present) {
            there.add(session.terminal());
            if (!session.equals(seated.put(session.terminal(), session))) {
                fresh.add(session);
            }
        }
        List<InetAddress> left = seated.keySet().stream()
                .filter(terminal -> !there.contains(terminal))
                .toList();
        seated.keySet().removeAll(left);
        if (!seatingTold || !fresh.isEmpty() || !left.isEmpty()) {
            news.add(new Message.Seating(!seatingTold, fresh, left));
            seatingTold = true;
        }
    }
}
