package kwangmyong.bench.recipe;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kwangmyong.kernel.place.Addresses;

/** What a recipe is told, in the environment and in place of {@code $NAME} or {@code ${NAME}} in its values. */
public final class Told {
    private static final Pattern NAME = Pattern.compile("\\$(?:\\{([A-Z_]+)}|([A-Z_]+))");
    private static final Pattern ENDPOINT = Pattern.compile("\\[?([0-9A-Fa-f:.]+?)]?:([0-9]{1,5})");

    private final Map<String, String> variables;

    public Told(Map<String, String> variables) {
        this.variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** With more of them, or others in their place. */
    public Told with(Map<String, String> more) {
        var all = new LinkedHashMap<>(variables);
        all.putAll(more);
        return new Told(all);
    }

    public Map<String, String> variables() {
        return variables;
    }

    /** Puts in what is known; names that are not stay as they are. */
    public String in(String text) {
        return NAME.matcher(text).replaceAll(found -> {
            String known = variables.get(found.group(1) == null ? found.group(2) : found.group(1));
            return Matcher.quoteReplacement(known == null ? found.group() : known);
        });
    }

    /**
     * An address with a port.
     *
     * @throws RecipeException when it is none once what is told is put in
     */
    public InetSocketAddress endpoint(String text) throws RecipeException {
        String written = in(text);
        Matcher parts = ENDPOINT.matcher(written);
        if (parts.matches() && Addresses.isNumeric(parts.group(1))) {
            int port = Integer.parseInt(parts.group(2));
            if (port <= 0xffff) {
                return new InetSocketAddress(Addresses.parse(parts.group(1)), port);
            }
        }
        throw new RecipeException("'" + text + "' is '" + written + "', which is no address with a port");
    }
}
