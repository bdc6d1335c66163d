package kwangmyong.bench.probe;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import kwangmyong.bench.bed.Bed;
import kwangmyong.bench.recipe.Experiment;
import kwangmyong.bench.recipe.ProbeKind;
import kwangmyong.bench.recipe.Told;
import kwangmyong.bench.recipe.TrialId;
import kwangmyong.bench.recipe.WayIn;

/**
 * What probes of a trial are about.
 *
 * @param target the host that is gone for
 * @param told what recipes are told, for the addresses in {@code way}
 * @param token what only hosts of the world hand out
 * @param network whether programs at the terminal have rights over its network
 * @param folder the trial's
 * @param clock the machine's
 */
public record Setting(
        Bed bed,
        TrialId id,
        WayIn way,
        String target,
        Told told,
        Set<ProbeKind> kinds,
        Experiment.Settings settings,
        String token,
        boolean network,
        Path folder,
        InstantSource clock) {
    public Setting {
        kinds = Set.copyOf(kinds);
    }

    OoniBase.Who who() {
        return new OoniBase.Who(id, way.word(), told.in("$RESOLVER"));
    }

    /** Where the token is, below any host of the world. */
    String tokenPath() {
        return "/.well-known/kwm-bench/token/" + id.tokenName();
    }

    /** Whether something that was fetched is the token and nothing else. */
    boolean isToken(Fetched fetched) {
        return fetched.exit() == 0 && Fetcher.asText(fetched.body()).strip().equals(token);
    }
}
