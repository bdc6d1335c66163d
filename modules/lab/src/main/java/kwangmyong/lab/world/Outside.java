package kwangmyong.lab.world;

import java.net.InetAddress;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kwangmyong.kernel.access.Access;
import kwangmyong.kernel.access.AccessPolicy;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Verdict;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Sessions;

/** The ports of the kernel as they are outside: nobody is known, everybody may ask, and no record is kept. */
final class Outside {
    static final AccessPolicy POLICY = new Open();
    static final Sessions SESSIONS = new Strangers();
    static final Journal JOURNAL = new NoJournal();

    private static final String RULE = "outside";

    private Outside() {}

    /** Whole zones are handed to nobody: no resolver needs one. */
    private static final class Open implements AccessPolicy {
        private static final Decision ALLOWED =
                new Decision(Verdict.ALLOW, RULE, Reason.RULE, null, null, Presentation.AsAsked.AS_ASKED, "");
        private static final Decision DENIED =
                new Decision(Verdict.DENY, RULE, Reason.NO_RULE, null, null, Presentation.Dns.REFUSED, "");

        @Override
        public Decision decide(Access access) {
            return access.action() == Action.RESOLVE ? ALLOWED : DENIED;
        }

        @Override
        public Subscription onChange(Runnable listener) {
            return () -> {}; // nothing ever changes
        }

        @Override
        public Instant steadyUntil(Instant now) {
            return Instant.MAX;
        }
    }

    private static final class Strangers implements Sessions {
        @Override
        public Identity at(InetAddress terminal) {
            return new Identity(terminal, null, null);
        }

        @Override
        public boolean stands(Identity identity) {
            return true;
        }

        @Override
        public CompletionStage<Authentication> authenticate(
                InetAddress terminal, String name, String password, Layer layer) {
            return CompletableFuture.completedFuture(new Authentication.Refused(Open.DENIED));
        }

        @Override
        public CompletionStage<Authentication> logIn(InetAddress terminal, String name, String password) {
            return CompletableFuture.completedFuture(new Authentication.Refused(Open.DENIED));
        }

        @Override
        public CompletionStage<Boolean> logOut(InetAddress terminal) {
            return CompletableFuture.completedFuture(false);
        }
    }

    private static final class NoJournal implements Journal {
        @Override
        public void record(Event event) {
            // nobody reads it
        }

        @Override
        public CompletionStage<Void> force(Event event) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
