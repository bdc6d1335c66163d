package kwangmyong.bench.recipe;

import java.util.regex.Pattern;

/** How one knows that a program is up. */
public sealed interface Ready {
    /** It is, as soon as it runs. */
    record AtOnce() implements Ready {}

    /** Something listens there, at the program's own place. Nothing is sent to it: the place's table of sockets tells. */
    record Tcp(String address) implements Ready {}

    /** As {@link Tcp}. */
    record Udp(String address) implements Ready {}

    /** A file is there and not empty; relative to the half's folder. */
    record FileThere(String path) implements Ready {}

    /** What it has printed, on either stream, contains this. */
    record Log(Pattern pattern) implements Ready {}

    /** A script ends with 0, asked again and again. */
    record Run(String script) implements Ready {}

    /** It has ended, with 0. */
    record Exit() implements Ready {}
}
