package kwangmyong.bench.recipe;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lab to put tools into.
 *
 * @param lab its folder
 * @param subject at whose terminal clients run
 * @param before the operator's commands, before every trial
 * @param packages Debian's, of the programs
 * @param prepare scripts that run at the lab before the programs
 * @param programs of the lab's own, as a resolver; they run anew for each trial
 * @param resolver what the terminal's programs ask for names; null for the lab's own
 */
public record Regime(
        String name,
        String title,
        String about,
        Path lab,
        String subject,
        List<String> before,
        List<String> packages,
        List<String> prepare,
        Half programs,
        @Nullable InetAddress resolver) {
    public Regime {
        before = List.copyOf(before);
        packages = List.copyOf(packages);
        prepare = List.copyOf(prepare);
    }
}
