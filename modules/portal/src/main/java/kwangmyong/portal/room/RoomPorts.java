package kwangmyong.portal.room;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kwangmyong.access.api.AttachmentView;
import kwangmyong.access.api.LogBook;
import kwangmyong.access.api.Operations;
import kwangmyong.access.api.OperatorScopes;
import kwangmyong.access.api.Presence;
import kwangmyong.access.api.Scope;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.service.LabClock;

/**
 * What the room asks of the rest of the lab.
 *
 * @param places where terminals are plugged in
 * @param door who is a supervisor
 * @param scopes what each of them may do
 * @param worker runs what reads files
 */
public record RoomPorts(
        Presence presence,
        Supplier<List<AttachmentView>> places,
        Door door,
        OperatorScopes scopes,
        LogBook book,
        Journal journal,
        LabClock clock,
        Worker worker) {

    /** All of it from the access controller. */
    public static RoomPorts of(
            Operations operations,
            OperatorScopes scopes,
            LogBook book,
            Journal journal,
            LabClock clock,
            Worker worker) {
        return new RoomPorts(
                operations, operations::attachments, operations::checkOperator, scopes, book, journal, clock, worker);
    }

    boolean may(String operator, Scope scope) {
        return Scope.allows(scopes.of(operator), scope);
    }

    /** Whether an operator's name and password hold, asked from somewhere. */
    @FunctionalInterface
    public interface Door {
        CompletionStage<Boolean> opens(String name, String password, String from);
    }

    /** Runs work away from the event loops. */
    @FunctionalInterface
    public interface Worker {
        <T> CompletionStage<T> run(Callable<T> work);
    }
}
