package kwangmyong.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import org.jspecify.annotations.Nullable;

/** Static files of a module, held in memory and named one by one, so that no path can reach anything else. Each has an ETag. Immutable. */
public final class Assets implements Function<Request, Reply> {
    /** The shared stylesheet's path on every host. */
    public static final String STYLESHEET = "/assets/kwm.css";

    private static final Map<String, String> TYPES = Map.of(
            "css",
            "text/css;charset=utf-8",
            "js",
            "text/javascript;charset=utf-8",
            "svg",
            "image/svg+xml",
            "png",
            "image/png",
            "ico",
            "image/x-icon");

    private static final Assets SHARED = new Assets(Map.of())
            .with(STYLESHEET, Assets.class, "kwm.css")
            .with("/assets/kwm.svg", Assets.class, "kwm.svg");

    private final Map<String, File> files;

    private Assets(Map<String, File> files) {
        this.files = files;
    }

    private record File(Reply reply, String etag) {}

    /** The stylesheet and the icon that every host of every listener serves. */
    public static Assets shared() {
        return SHARED;
    }

    public boolean has(String path) {
        return files.containsKey(path);
    }

    /** These and a file that lies beside a class in its jar. */
    public Assets with(String path, Class<?> beside, String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalArgumentException("no media type is known for " + name);
        }
        byte[] bytes = read(beside, name);
        String etag = "\"" + digest(bytes) + "\"";
        Reply reply = Reply.bytes(200, type, bytes).with("ETag", etag).with("Cache-Control", "public, max-age=300");
        Map<String, File> more = new HashMap<>(files);
        more.put(path, new File(reply, etag));
        return new Assets(more);
    }

    @Override
    public Reply apply(Request request) {
        File file = files.get(request.path());
        if (file == null) {
            throw new Refusal(404, "");
        }
        return isKnown(request.header("If-None-Match"), file.etag())
                ? Reply.empty(304).with("ETag", file.etag()).with("Cache-Control", "public, max-age=300")
                : file.reply();
    }

    /** RFC 9110 §13.1.2: weak comparison, any of a list, or an asterisk. */
    private static boolean isKnown(@Nullable String field, String etag) {
        if (field == null) {
            return false;
        }
        for (String known : field.split(",", 64)) {
            String stripped = known.strip();
            if (stripped.equals("*") || stripped.equals(etag) || stripped.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] read(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException(name + " is not beside " + beside.getName());
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has SHA-256
        }
    }
}
