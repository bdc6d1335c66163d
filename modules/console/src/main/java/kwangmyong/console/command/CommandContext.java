package kwangmyong.console.command;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Operations;
import kwangmyong.access.api.SubjectView;

/** What a command runs with. */
record CommandContext(ConsolePorts ports, Invocation invocation) {
    private static final int WAIT_SECONDS = 20;

    Operations operations() {
        return ports.operations();
    }

    /** Refuses what only a running lab can do. */
    void requireLive() {
        if (!ports.isLive()) {
            throw new NotRunningException();
        }
    }

    /** One subject, as {@code subjects} shows them. */
    SubjectView subject(String name) {
        return operations().subjects().stream()
                .filter(subject -> subject.name().equals(name))
                .findFirst()
                .orElseThrow(() -> OperationException.missing("there is no subject '" + name + "'"));
    }

    void println(String text) {
        invocation.out().println(text);
    }

    /** Waits for a change to be on disk. */
    <T> T await(CompletionStage<T> change) throws Exception {
        try {
            return change.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failed;
        } catch (TimeoutException late) {
            throw new OperationException("the change was not on disk within " + WAIT_SECONDS + " seconds");
        }
    }

    /** Only a running lab can do it, and none is. */
    static final class NotRunningException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotRunningException() {
            super("the lab is not running; start it with: kwm up", null, false, false);
        }
    }
}
