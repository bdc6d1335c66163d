package kwangmyong.console.command;

import java.util.concurrent.Callable;
import kwangmyong.access.api.OperationException;
import kwangmyong.access.api.Scope;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A command that acts on the lab. */
abstract class ContextCommand implements Callable<Integer> {
    @Mixin
    final Output output = new Output();

    private @Nullable CommandContext context;

    final void use(CommandContext given) {
        context = given;
    }

    @Override
    public final Integer call() throws Exception {
        if (context == null) {
            throw new IllegalStateException("a command without a lab");
        }
        Invocation asked = context.invocation();
        if (!Scope.allows(asked.scopes(), scope())) {
            String name = asked.arguments().isEmpty() ? "" : asked.arguments().get(0);
            context.ports().control().outOfScope(asked.operator(), name, scope());
            throw new OperationException(asked.operator() + " may not: that needs the scope " + scope().word()
                    + " (held: " + (asked.scopes().isEmpty() ? "none" : Scope.words(asked.scopes())) + ")");
        }
        return run(context);
    }

    /** What it takes to do this with the options that were given. */
    Scope scope() {
        return Scope.READ;
    }

    /**
     * Tells what was done: the thing itself as JSON, or a sentence.
     *
     * @return the exit status
     */
    final int told(CommandContext lab, Object thing, String sentence) {
        if (output.isJson()) {
            Output.json(lab.invocation(), thing);
        } else {
            lab.println(Text.shown(sentence));
        }
        return CommandInterpreter.FINE;
    }

    /** Does it; returns the exit status. */
    abstract int run(CommandContext lab) throws Exception;
}
