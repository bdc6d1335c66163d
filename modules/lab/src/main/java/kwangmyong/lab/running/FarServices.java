package kwangmyong.lab.running;

import java.io.IOException;
import java.util.Optional;
import kwangmyong.access.AccessController;
import kwangmyong.access.journal.ChainFolder;
import kwangmyong.access.journal.JournalConfig;
import kwangmyong.access.remote.ControllerService;
import kwangmyong.access.remote.RemoteLimits;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.parts.Addressing;
import kwangmyong.lab.parts.ServicePasses;
import kwangmyong.net.Transport;

/** What a lab has for services that run as processes of their own: where they find its controller, and a seal that is theirs too. */
final class FarServices {
    private final Ground ground;

    FarServices(Ground ground) {
        this.ground = ground;
    }

    private boolean areExpected() {
        return !ground.declaration().controller().listen().isEmpty();
    }

    /** By which sites are told who asks. Where services run elsewhere its key is the same after a start, since they go on with it meanwhile. */
    AskerSeal seal() throws StartException {
        try {
            return areExpected() ? ServicePasses.seal(ground.state().keys()) : AskerSeal.withFreshKey();
        } catch (IOException unusable) {
            throw ground.stateUnusable(unusable);
        }
    }

    /** Empty where the lab does not say where. */
    Optional<ControllerService> controller(AccessController access, Transport transport, AskerSeal seal)
            throws StartException {
        if (!areExpected()) {
            return Optional.empty();
        }
        LabDeclaration declaration = ground.declaration();
        LabDeclaration.ControllerSection section = declaration.controller();
        try {
            return Optional.of(new ControllerService(
                    new ControllerService.Config(
                            Addressing.each(section.listen(), section.port()),
                            declaration.name(),
                            declaration.clock().speed().doubleValue(),
                            RemoteLimits.DEFAULT),
                    access,
                    ground.clock(),
                    seal,
                    transport,
                    ground.plan(),
                    ServicePasses.open(ground.state().keys()).controller(),
                    new ChainFolder(JournalConfig.under(ground.state().root()), ground.clock())));
        } catch (IOException unusable) {
            throw ground.stateUnusable(unusable);
        }
    }
}
