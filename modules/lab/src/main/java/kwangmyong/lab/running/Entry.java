package kwangmyong.lab.running;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import kwangmyong.isolation.IsolationService;
import kwangmyong.isolation.Place;
import kwangmyong.lab.isolated.Isolation;
import kwangmyong.lab.outcome.ExitStatus;

/** Where programs from outside come into a lab in isolated mode: at a subject's terminal, in the world, or beside the services. */
public final class Entry {
    /** The world's place, as no subject is called. */
    public static final String WORLD = ".world";

    /** The provider's. */
    public static final String PROVIDER = ".provider";

    private Entry() {}

    /**
     * Says the number of a process at a place, or in a sentence why there is none.
     *
     * @param arguments the place's name, and the machine's Unix sockets to be hidden there
     */
    static int find(Lab lab, List<String> arguments, PrintStream out) {
        IsolationService isolation = lab.isolation();
        String name = arguments.isEmpty() ? "" : arguments.get(0);
        Place place = name.equals(WORLD)
                ? Place.Common.WORLD
                : name.equals(PROVIDER) ? Place.Common.PROVIDER : new Place.At(name);
        if (isolation == null || !isolation.places().contains(place)) {
            out.println(
                    place instanceof Place.At
                            ? "no terminal of '" + name + "' (there is one for: "
                                    + String.join(
                                            ", ", lab.declaration().terminals().keySet()) + ")"
                            : "this lab has no such place");
            return ExitStatus.USAGE;
        }
        try {
            out.println(isolation.enter(place, Isolation.paths(arguments)));
            return ExitStatus.FINE;
        } catch (IOException cannot) {
            out.println("it cannot be entered: " + cannot.getMessage());
            return ExitStatus.USAGE;
        }
    }
}
