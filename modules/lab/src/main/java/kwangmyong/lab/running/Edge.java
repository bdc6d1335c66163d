package kwangmyong.lab.running;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import kwangmyong.access.AccessController;
import kwangmyong.border.BorderService;
import kwangmyong.border.Junction;
import kwangmyong.border.link.LabNamespace;
import kwangmyong.border.link.Links;
import kwangmyong.isolation.Crossing;
import kwangmyong.isolation.IsolationService;
import kwangmyong.isolation.World;
import kwangmyong.kernel.service.Service;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.lab.isolated.Closed;
import kwangmyong.lab.isolated.Isolation;
import kwangmyong.lab.parts.Authorities;
import kwangmyong.lab.parts.RunningClock;
import kwangmyong.lab.parts.ServiceConfigs;
import kwangmyong.lab.process.RunFile;
import org.jspecify.annotations.Nullable;

/**
 * Where a lab's network ends: in isolated mode a network of its own, the world behind a border, and the watch over whether it is closed. In every other mode
 * there is nothing of all this.
 */
final class Edge {
    private final Ground ground;
    private final @Nullable Closed closed;

    private Edge(Ground ground, @Nullable Closed closed) {
        this.ground = ground;
        this.closed = closed;
    }

    /** Makes the network, before anything listens in it. */
    static Edge make(Ground ground, Authorities authorities) throws StartException {
        if (ground.mode() != RunFile.Mode.ISOLATED) {
            return new Edge(ground, null);
        }
        var isolation = new IsolationService(
                Isolation.config(ground.declaration(), ground.folder(), ground.state(), authorities));
        isolation.start();
        ground.undo().add(isolation::stop);
        return new Edge(ground, ground.undo().add(Closed.watch(isolation)));
    }

    /** The network; null outside the isolated mode. */
    @Nullable
    Closed closed() {
        return closed;
    }

    private Optional<IsolationService> network() {
        return Optional.ofNullable(closed).map(Closed::network);
    }

    /** What serves the world; empty where there is none, or where the lab's own sites are all of it. */
    Optional<? extends Service> world() {
        return network().flatMap(IsolationService::world);
    }

    /** What packets cross between inside and world; empty where they are not apart. */
    Optional<BorderService> border(AccessController access) {
        return network()
                .flatMap(isolation -> isolation.crossing().map(crossing -> border(isolation, crossing, access)));
    }

    private BorderService border(IsolationService isolation, Crossing crossing, AccessController access) {
        return new BorderService(
                ServiceConfigs.border(ground.declaration(), isolation.own()),
                new Junction(
                        new LabNamespace(crossing.network()),
                        Crossing.IN,
                        Crossing.OUT,
                        List.of(
                                new Links.End(new LabNamespace(crossing.lab()), Crossing.LAB_END),
                                new Links.End(new LabNamespace(crossing.world()), Crossing.WORLD_END))),
                access,
                access.sessions(),
                access.journal(),
                ground.clock());
    }

    /** Tells the world the time, whose clock has begun later than the lab's. */
    void sameTime(RunningClock clock) throws StartException {
        if (closed != null) {
            try {
                closed.network().tellWorld(World.CLOCK + clock.now());
            } catch (IOException stays) {
                throw new StartException("the world has another time: " + stays.getMessage(), stays);
            }
        }
    }
}
