package kwangmyong.lab.yaml;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import kwangmyong.lab.yaml.Yaml.Entry;
import kwangmyong.lab.yaml.Yaml.Scalar;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Builds the tree from the parser's events rather than from its nodes: every place is at hand, every duplicate key is found rather
 * than the first, and nesting and aliases are bounded before anything is built from them.
 */
final class YamlTree {
    /** How deep maps and lists may lie within one another. */
    static final int MAX_DEPTH = 32;

    /** How many values a file may hold with every alias written out. */
    static final int MAX_VALUES = 100_000;

    private static final String STR_TAG = "tag:yaml.org,2002:str";
    private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,40}");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:\\.[0-9]{1,40}|[0-9]{1,40}(?:\\.[0-9]{0,40})?)(?:[eE][-+]?[0-9]{1,3})?");

    private final Path file;
    private final Faults faults;
    private final Deque<Level> open = new ArrayDeque<>();
    private final Map<String, Yaml> anchored = new HashMap<>();
    private @Nullable Yaml root;
    private int values;

    YamlTree(Path file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    Optional<Yaml> parse(String text) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(YamlFile.MAX_BYTES).build();
        try {
            ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, text));
            while (parser.hasNext()) {
                take(parser.next());
            }
        } catch (Refused refused) {
            faults.add(refused.place, path(), refused.message);
            return Optional.empty();
        } catch (MarkedYamlEngineException broken) {
            Place place = broken.getProblemMark().map(this::place).orElse(Place.startOf(file));
            faults.add(place, "", syntax(broken));
            return Optional.empty();
        } catch (ReaderException unprintable) {
            String before = text.substring(0, text.offsetByCodePoints(0, unprintable.getPosition()));
            faults.add(
                    YamlFile.placeBehind(file, before),
                    "",
                    String.format("the character U+%04X may not stand in YAML", unprintable.getCodePoint()));
            return Optional.empty();
        } catch (NumberFormatException cutShort) { // an escape at the end of the text
            faults.add(YamlFile.placeBehind(file, text), "", "is not YAML: an escape is cut short");
            return Optional.empty();
        } catch (YamlEngineException broken) {
            faults.add(Place.startOf(file), "", "is not YAML: " + oneLine(broken.getMessage()));
            return Optional.empty();
        }
        if (root == null) {
            faults.add(Place.startOf(file), "", "is empty");
        }
        return Optional.ofNullable(root);
    }

    private void take(Event event) throws Refused {
        switch (event.getEventId()) {
            case DocumentStart -> {
                if (root != null) {
                    throw new Refused(place(event), "a second document; one file is one document");
                }
            }
            case MappingStart -> begin((CollectionStartEvent) event, true);
            case SequenceStart -> begin((CollectionStartEvent) event, false);
            case MappingEnd, SequenceEnd -> end();
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> alias((AliasEvent) event);
            default -> {} // the stream's and the document's own ends, and comments
        }
    }

    private void begin(CollectionStartEvent event, boolean mapping) throws Refused {
        refuseTag(event.getTag(), event);
        Level parent = open.peek();
        if (parent != null && parent.awaitsKey()) {
            throw new Refused(place(event), "a key that is " + (mapping ? "a map" : "a list") + " (expected: a word)");
        }
        if (open.size() == MAX_DEPTH) {
            throw new Refused(place(event), "lies deeper than " + MAX_DEPTH + " maps and lists");
        }
        open.push(new Level(place(event), anchor(event), mapping));
    }

    private void end() throws Refused {
        Level level = open.pop();
        Yaml built = level.mapping
                ? Yaml.Mapping.of(level.place, level.entries)
                : Yaml.Sequence.of(level.place, level.items);
        count(1, level.place); // those below it are counted already
        remember(level.anchor, built);
        put(built);
    }

    private void scalar(ScalarEvent event) throws Refused {
        boolean asText = event.getTag().filter(STR_TAG::equals).isPresent();
        if (!asText) {
            refuseTag(event.getTag(), event);
        }
        Level level = open.peek();
        if (level != null && level.awaitsKey()) {
            level.key = event.getValue();
            level.keyPlace = place(event);
            return;
        }
        Yaml.Type type = asText || !event.isPlain() ? Yaml.Type.TEXT : type(event.getValue());
        Scalar scalar = new Scalar(place(event), event.getValue(), type);
        count(1, scalar.place());
        remember(anchor(event), scalar);
        put(scalar);
    }

    private void alias(AliasEvent event) throws Refused {
        Level level = open.peek();
        if (level != null && level.awaitsKey()) {
            throw new Refused(place(event), "a key that is an alias (expected: a word)");
        }
        Yaml target = anchored.get(event.getAlias().getValue());
        if (target == null) {
            throw new Refused(
                    place(event), "*" + event.getAlias().getValue() + " names no anchor that is complete before it");
        }
        count(target.size(), place(event));
        put(target);
    }

    private void put(Yaml value) {
        Level level = open.peek();
        if (level == null) {
            root = value;
        } else if (!level.mapping) {
            level.items.add(value);
        } else {
            Place keyPlace = level.keyPlace();
            Entry first = level.entries.get(level.key());
            if (first == null) {
                level.entries.put(level.key(), new Entry(keyPlace, value));
            } else {
                String before = "is written twice; first in line " + first.key().line();
                faults.add(keyPlace, path(), before);
            }
            level.key = null;
        }
    }

    private void count(int more, Place place) throws Refused {
        values += more;
        if (values > MAX_VALUES) {
            throw new Refused(place, "the file holds more than " + MAX_VALUES + " values with its aliases written out");
        }
    }

    private void remember(@Nullable String anchor, Yaml value) {
        if (anchor != null) {
            anchored.put(anchor, value);
        }
    }

    private void refuseTag(Optional<String> tag, Event event) throws Refused {
        if (tag.isPresent()) {
            throw new Refused(place(event), "the tag " + tag.get() + " has no meaning here");
        }
    }

    private static Yaml.Type type(String plain) {
        if (NOTHING.matcher(plain).matches()) {
            return Yaml.Type.NOTHING;
        }
        if (BOOLEAN.matcher(plain).matches()) {
            return Yaml.Type.BOOLEAN;
        }
        if (INTEGER.matcher(plain).matches()) {
            return Yaml.Type.INTEGER;
        }
        return DECIMAL.matcher(plain).matches() ? Yaml.Type.DECIMAL : Yaml.Type.TEXT;
    }

    private String path() {
        String path = "";
        for (var levels = open.descendingIterator(); levels.hasNext(); ) {
            Level level = levels.next();
            if (!level.mapping) {
                path = Paths.item(path, level.items.size());
            } else if (level.key != null) {
                path = Paths.key(path, level.key);
            }
        }
        return path;
    }

    private static String syntax(MarkedYamlEngineException broken) {
        String context = broken.getContext();
        return "is not YAML: " + (context == null ? "" : oneLine(context) + ", ") + oneLine(broken.getProblem());
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "it cannot be read" : text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static @Nullable String anchor(NodeEvent event) {
        return event.getAnchor().map(anchor -> anchor.getValue()).orElse(null);
    }

    private Place place(Event event) {
        return event.getStartMark().map(this::place).orElse(Place.startOf(file));
    }

    private Place place(Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** A map or list whose end has not come yet. */
    private static final class Level {
        final Place place;
        final @Nullable String anchor;
        final boolean mapping;
        final Map<String, Entry> entries = new LinkedHashMap<>();
        final List<Yaml> items = new ArrayList<>();

        @Nullable
        String key;

        Place keyPlace;

        Level(Place place, @Nullable String anchor, boolean mapping) {
            this.place = place;
            this.anchor = anchor;
            this.mapping = mapping;
            this.keyPlace = place;
        }

        boolean awaitsKey() {
            return mapping && key == null;
        }

        String key() {
            return key == null ? "" : key;
        }

        Place keyPlace() {
            return keyPlace;
        }
    }

    /** Reading ends here. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        final transient Place place;
        final String message;

        Refused(Place place, String message) {
            super(message, null, false, false);
            this.place = place;
            this.message = message;
        }
    }
}
