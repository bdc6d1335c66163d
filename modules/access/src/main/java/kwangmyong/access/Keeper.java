package kwangmyong.access;

import java.util.List;
import kwangmyong.access.store.Change;

/** A part of the controller whose changes outlive it. It notes what has changed since it was last settled. Of the controller's thread. */
interface Keeper {
    /** What is different now from what was last settled. */
    List<Change> changes();

    /** The changes are on disk. */
    void settled();

    /** The changes cannot be kept: everything is as it was when it was last settled. */
    void undo();
}
