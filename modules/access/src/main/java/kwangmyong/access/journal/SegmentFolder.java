package kwangmyong.access.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a journal, which its writer may be closing, packing and letting go meanwhile. */
record SegmentFolder(Path folder, Path live) {
    private static final Pattern NAME = Pattern.compile("(\\d{6,9})\\.jsonl(?:\\.gz)?");
    private static final int MOST_LOOKS = 100;

    SegmentFolder(JournalConfig config) {
        this(config.folder(), config.file());
    }

    /** Closed segments by number; none where there is no such folder. */
    List<Segment> closed() throws IOException {
        SortedSet<Integer> numbers = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    numbers.add(Integer.parseInt(name.group(1)));
                }
            });
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        }
        return numbers.stream().map(number -> new Segment(folder, number)).toList();
    }

    /**
     * What there was at one moment.
     *
     * @param closed in order
     * @param live the file that is being written, open for reading; null when there is none. To be closed by the caller
     */
    record Look(List<Segment> closed, @Nullable FileChannel live) implements Closeable {
        /** The number that the live file has when it is closed, as far as the closed ones tell. */
        int liveNumber() {
            return closed.isEmpty() ? 1 : closed.get(closed.size() - 1).number() + 1;
        }

        @Override
        public void close() throws IOException {
            if (live != null) {
                live.close();
            }
        }
    }

    /** Looks until no file was closed between listing the closed ones and opening the live one. */
    Look look() throws IOException {
        List<Segment> before = closed();
        for (int i = 0; i < MOST_LOOKS; i++) {
            FileChannel channel = open();
            List<Segment> after = closed();
            if (after.equals(before)) {
                return new Look(after, channel);
            }
            if (channel != null) {
                channel.close();
            }
            before = after;
        }
        throw new IOException("the files in " + folder + " change faster than they can be looked at");
    }

    private @Nullable FileChannel open() throws IOException {
        try {
            return FileChannel.open(live, StandardOpenOption.READ);
        } catch (NoSuchFileException nothingYet) {
            return null;
        }
    }
}
