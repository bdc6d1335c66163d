package kwangmyong.lab.running;

import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.files.LabFolder;
import kwangmyong.lab.files.StateFolder;
import kwangmyong.lab.parts.Addressing;
import kwangmyong.lab.parts.RunningClock;
import kwangmyong.lab.parts.Undo;
import kwangmyong.lab.process.RunFile;

/**
 * What every part of one lab's process stands on.
 *
 * @param declaration as it was read for this start
 * @param undo closes what is opened, last first
 */
record Ground(
        LabFolder folder,
        LabDeclaration declaration,
        StateFolder state,
        RunFile.Mode mode,
        AddressPlan plan,
        RunningClock clock,
        Undo undo) {

    static Ground of(LabFolder folder, LabDeclaration declaration, StateFolder state, RunFile.Mode mode, int offset) {
        return new Ground(
                folder,
                declaration,
                state,
                mode,
                Addressing.plan(declaration, mode, offset),
                RunningClock.of(declaration),
                new Undo());
    }

    /** Why a start ends where the state's folder cannot be used. */
    StartException stateUnusable(Throwable cause) {
        return new StartException("cannot use the lab's state in " + state.root() + ": " + cause.getMessage(), cause);
    }
}
