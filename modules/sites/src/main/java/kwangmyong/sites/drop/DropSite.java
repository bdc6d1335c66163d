package kwangmyong.sites.drop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import kwangmyong.sites.page.Place;
import kwangmyong.sites.page.Visit;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.server.WebRuntime;

/**
 * Files of one folder, as they are by now: what is put there is shown at the next request. Nothing outside the folder is ever reached: no name of a
 * path begins with a dot, and no link is followed.
 */
public final class DropSite implements Place {
    private static final Pattern NAME = Pattern.compile("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]{0,254}");
    private static final int MOST_NAMES = 16;
    /** Larger ones are not for pages: they are held in memory while they are sent. */
    private static final int MOST_OCTETS = 4 * 1024 * 1024;

    private static final String UNKNOWN = "application/octet-stream";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html;charset=utf-8"),
            Map.entry("htm", "text/html;charset=utf-8"),
            Map.entry("txt", "text/plain;charset=utf-8"),
            Map.entry("md", "text/plain;charset=utf-8"),
            Map.entry("css", "text/css;charset=utf-8"),
            Map.entry("js", "text/javascript;charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("xml", "application/xml"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("svg", "image/svg+xml"));

    private final Path folder;
    private final WebRuntime runtime;

    /** @param folder need not be there yet */
    public DropSite(Path folder, WebRuntime runtime) {
        this.folder = folder;
        this.runtime = runtime;
    }

    @Override
    public CompletionStage<Reply> answer(Visit visit) {
        if (!visit.request().isRead()) {
            return Reply.empty(405).with("Allow", "GET, HEAD").now();
        }
        String path = visit.request().path();
        String asAsked = visit.request().target().path();
        return runtime.onWorker(() -> reply(path, asAsked));
    }

    /**
     * What there is at a path.
     *
     * @param path as decoded
     * @param asAsked the same as it was on the wire
     */
    Reply reply(String path, String asAsked) throws IOException {
        Path file = folder;
        refuseLink(file);
        String[] names = path.split("/", -1);
        if (names.length > MOST_NAMES) {
            throw new Refusal(404, "");
        }
        for (int i = 1; i < names.length; i++) {
            boolean isFolder = names[i].isEmpty() && i == names.length - 1;
            String name = isFolder ? "index.html" : names[i];
            if (!NAME.matcher(name).matches()) {
                throw new Refusal(404, "");
            }
            file = file.resolve(name);
            refuseLink(file);
        }
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return Reply.redirect(308, asAsked + "/").uncached();
        } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_OCTETS) {
            throw new Refusal(404, "");
        }
        return Reply.bytes(200, type(file), read(file)).with("Cache-Control", "no-cache");
    }

    private static void refuseLink(Path file) {
        if (Files.isSymbolicLink(file)) {
            throw new Refusal(404, "");
        }
    }

    /** Of a file that may change meanwhile, no more than was asked for. */
    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(MOST_OCTETS);
        } catch (NoSuchFileException gone) {
            throw new Refusal(404, "");
        }
    }

    private static String type(Path file) {
        String name = String.valueOf(file.getFileName());
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, UNKNOWN);
    }
}
