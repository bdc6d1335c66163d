package kwangmyong.console.command;

import java.util.concurrent.Callable;
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
        return run(context);
    }

    /** Does it; returns the exit status. */
    abstract int run(CommandContext lab) throws Exception;
}
