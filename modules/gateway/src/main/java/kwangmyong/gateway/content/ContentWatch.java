package kwangmyong.gateway.content;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** One page under the rules that speak of it: told what passes, it says when to stop. One thread. */
public final class ContentWatch implements AutoCloseable {
    private static final int HEX = 16;
    private static final String REQUEST = "the request's body";
    private static final String ANSWER = "the answer";

    private final List<ContentRule> rules;
    private final int[] requestStates;
    private final int[] answerStates;
    private List<ContentRule> ofAnswer = List.of();
    private @Nullable Gunzip requestCoding;
    private @Nullable FormText form;
    private @Nullable Gunzip answerCoding;
    private long came;

    private ContentWatch(List<ContentRule> rules) {
        this.rules = rules;
        this.requestStates = new int[rules.size()];
        this.answerStates = new int[rules.size()];
    }

    /**
     * Why to stop.
     *
     * @param what for the journal
     */
    public record Finding(ContentRule rule, String what) {}

    /** A watch for a request; null where no rule speaks of it. */
    public static @Nullable ContentWatch of(
            List<ContentRule> all, @Nullable String subject, String host, String method, String target) {
        if (all.isEmpty()) {
            return null;
        }
        String path = decodedPath(target);
        List<ContentRule> concerned = new ArrayList<>();
        for (ContentRule rule : all) {
            if (rule.concerns(subject, host, method, path)) {
                concerned.add(rule);
            }
        }
        return concerned.isEmpty() ? null : new ContentWatch(List.copyOf(concerned));
    }

    /** What the request's target alone settles. */
    public @Nullable Finding ofTarget(String target) {
        byte[] decoded = decoded(target);
        byte[] asked = decoded(target.substring(target.indexOf('?') + 1).replace('+', ' ')); // as forms ask
        for (ContentRule rule : rules) {
            if (rule.isOfRequests()) {
                return new Finding(rule, "the path or method is denied");
            }
            String word = rule.keywords() == null ? null : rule.keywords().find(decoded);
            if (word == null && rule.keywords() != null) {
                word = rule.keywords().find(asked);
            }
            if (word != null) {
                return new Finding(rule, "the request's target holds a keyword: " + word);
            }
        }
        return null;
    }

    /** Whether bodies are read: then no coding but gzip may hide them and no range may cut them. */
    public boolean reads() {
        return rules.stream().anyMatch(rule -> rule.keywords() != null);
    }

    /** Whether a part of an answer would show less than the whole: its type may be another, it is smaller, and words may be cut in two. */
    public boolean wantsTheWhole() {
        return rules.stream()
                .anyMatch(rule -> rule.keywords() != null
                        || rule.largerThan() >= 0
                        || !rule.types().isEmpty());
    }

    /**
     * How the request's body is coded.
     *
     * @param contentType the value of Content-Type; empty for none
     * @param coding the value of Content-Encoding; empty for none
     */
    public @Nullable Finding ofRequest(String contentType, String coding) {
        form = FormText.isOne(contentType) ? new FormText() : null;
        if (isGzip(coding) && reads()) {
            requestCoding = new Gunzip();
        } else if (hides(coding)) {
            for (ContentRule rule : rules) {
                if (rule.keywords() != null) {
                    return new Finding(rule, "the request is in a coding that hides its words");
                }
            }
        }
        return null;
    }

    /** A part of the request's body. */
    public @Nullable Finding ofRequest(ByteBuf part) {
        return search(requestCoding, part, piece -> said(form == null ? piece : form.of(piece)), rules, REQUEST);
    }

    private @Nullable Finding said(ByteBuf piece) {
        return search(rules, requestStates, piece, REQUEST);
    }

    private static boolean isGzip(String coding) {
        return coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip");
    }

    private static boolean hides(String coding) {
        return !coding.isEmpty() && !coding.equalsIgnoreCase("identity") && !isGzip(coding);
    }

    /**
     * The answer's head.
     *
     * @param length of its body; negative when nobody knows
     * @param coding the value of Content-Encoding; empty for none
     */
    public @Nullable Finding ofAnswer(@Nullable String contentType, long length, String coding) {
        List<ContentRule> left = new ArrayList<>();
        for (ContentRule rule : rules) {
            if (!rule.concernsType(contentType) || rule.isOfRequests()) {
                continue;
            }
            left.add(rule);
            boolean settled = rule.keywords() == null && rule.rate() == 0;
            if (settled && rule.largerThan() < 0) {
                return new Finding(rule, "the answer's type is denied: " + contentType);
            } else if (settled && length > rule.largerThan()) {
                return new Finding(rule, "the answer is larger than " + rule.largerThan() + " octets");
            } else if (rule.keywords() != null && hides(coding)) {
                return new Finding(rule, "the answer is in a coding that hides its words");
            }
        }
        ofAnswer = List.copyOf(left);
        answerCoding = isGzip(coding) && reads() ? new Gunzip() : null;
        return null;
    }

    /** A part of the answer's body. */
    public @Nullable Finding ofAnswer(ByteBuf part) {
        came += part.readableBytes();
        for (ContentRule rule : ofAnswer) {
            if (rule.keywords() == null && rule.rate() == 0 && rule.largerThan() >= 0 && came > rule.largerThan()) {
                return new Finding(rule, "the answer is larger than " + rule.largerThan() + " octets");
            }
        }
        return search(answerCoding, part, piece -> search(ofAnswer, answerStates, piece, ANSWER), ofAnswer, ANSWER);
    }

    /** Octets a second that the answer may have; 0 for no limit. */
    public long rate() {
        return ofAnswer.stream()
                .mapToLong(ContentRule::rate)
                .filter(rate -> rate > 0)
                .min()
                .orElse(0);
    }

    private static @Nullable Finding search(
            @Nullable Gunzip coding,
            ByteBuf part,
            Function<ByteBuf, @Nullable Finding> look,
            List<ContentRule> among,
            String where) {
        if (coding == null) {
            return look.apply(part);
        }
        try {
            return coding.read(part, look);
        } catch (DataFormatException unreadable) {
            for (ContentRule rule : among) {
                if (rule.keywords() != null) {
                    return new Finding(rule, where + " is in a coding that cannot be read: " + unreadable.getMessage());
                }
            }
            return null;
        }
    }

    private static @Nullable Finding search(List<ContentRule> among, int[] states, ByteBuf part, String where) {
        for (int i = 0; i < among.size(); i++) {
            Keywords keywords = among.get(i).keywords();
            if (keywords == null) {
                continue;
            }
            int state = states[i];
            for (int at = part.readerIndex(); at < part.writerIndex(); at++) {
                state = keywords.step(state, part.getByte(at));
                String word = keywords.wordAt(state);
                if (word != null) {
                    return new Finding(among.get(i), where + " holds a keyword: " + word);
                }
            }
            states[i] = state;
        }
        return null;
    }

    /** Nothing more passes. */
    @Override
    public void close() {
        if (requestCoding != null) {
            requestCoding.close();
            requestCoding = null;
        }
        if (answerCoding != null) {
            answerCoding.close();
            answerCoding = null;
        }
    }

    /** As a site reads it: decoded, without dot segments (RFC 3986 §5.2.4) and empty ones. */
    private static String decodedPath(String target) {
        int query = target.indexOf('?');
        String text = new String(decoded(query < 0 ? target : target.substring(0, query)), StandardCharsets.UTF_8);
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : text.split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        boolean folder = text.endsWith("/") || text.endsWith("/.") || text.endsWith("/..");
        return "/" + String.join("/", segments) + (folder && !segments.isEmpty() ? "/" : "");
    }

    /** Percent-decoded once (RFC 3986 §2.4). */
    private static byte[] decoded(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), HEX) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), HEX);
            if (low >= 0) {
                out.write(high * HEX + low);
                i += 2;
            } else {
                out.write(c);
            }
        }
        return out.toByteArray();
    }
}
