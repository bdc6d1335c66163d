package kwangmyong.bench.bed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kwangmyong.access.api.JournalEntry;
import kwangmyong.bench.recipe.Condition;
import kwangmyong.bench.recipe.Tool;

/** A lab for one trial after another. For one thread. */
public interface Bed {
    /**
     * What recipes are told of this lab, by the name of the variable: {@code GATEWAY}, {@code RESOLVER}, {@code SUBJECT}, and those that there
     * are of {@code MAIL} and {@code MAILBOX}.
     */
    Map<String, String> told();

    /** Why something that tools may need is not to be had here; empty when it is. */
    Optional<String> missing(Tool.Need need);

    /**
     * Makes everything as it was: nobody's programs run, scratch folders are empty, nobody is logged in who was not from the start, no grant
     * stands, the border and the caches know nothing.
     *
     * @param seed of what the border does by chance
     */
    void reset(long seed) throws IOException;

    /**
     * An operator's command.
     *
     * @throws IOException when it fails, with what it said
     */
    void command(String line) throws IOException;

    /** Sets how the way to the world behaves. */
    void condition(Condition condition) throws IOException;

    /** Whether the way to the world can be made to behave so. */
    boolean hasConditions();

    /**
     * A path as this process finds what a program at a place finds under it.
     *
     * @throws IOException when there is no such place
     */
    Path seen(Place place, Path path) throws IOException;

    /**
     * What the kernel knows of a place's sockets.
     *
     * @param table {@code tcp}, {@code tcp6}, {@code udp} or {@code udp6}
     * @return its lines, none where there is no such table
     */
    List<String> sockets(Place place, String table) throws IOException;

    /** Starts a program. Whatever it starts in turn ends at the latest with {@link #clear}. */
    Process start(Program program) throws IOException;

    /** Ends every program at a place and empties its folders for scratch files. */
    void clear(Place place) throws IOException;

    /** Puts a secret where only hosts of the world hand it out, at {@code /.well-known/kwm-bench/token/NAME}. */
    void placeToken(String name, String token) throws IOException;

    /** Takes it away. */
    void removeToken(String name) throws IOException;

    /**
     * Begins to listen to the journal.
     *
     * @param what is begun, as the journal says it
     */
    Listening listen(String what) throws IOException;

    /** Captures what passes the border; does nothing where there is none. */
    Capturing capture(Path file) throws IOException;

    /**
     * Looks for ways out.
     *
     * @param strays a file, written where there is a leak: packets that were captured where there must be none
     */
    Watched watch(Path strays) throws IOException;

    /**
     * What was looked at.
     *
     * @param ways out that could have been, each looked at once
     * @param counted packets that went where they may or nowhere, in words, since it was last looked at
     * @param leaks each way out that was found, in words
     */
    record Watched(int ways, Map<String, Long> counted, List<String> leaks) {
        public Watched {
            counted = Collections.unmodifiableMap(new LinkedHashMap<>(counted));
            leaks = List.copyOf(leaks);
        }
    }

    /** Hears the journal from where it began. */
    interface Listening extends AutoCloseable {
        /** Every line since, up to now, without those that the bench wrote itself. */
        List<JournalEntry> lines() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** A capture under way. */
    interface Capturing extends AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
