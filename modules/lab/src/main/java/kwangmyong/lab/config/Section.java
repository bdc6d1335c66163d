package kwangmyong.lab.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kwangmyong.lab.yaml.Faults;
import kwangmyong.lab.yaml.Paths;
import kwangmyong.lab.yaml.Place;
import kwangmyong.lab.yaml.Yaml;
import kwangmyong.lab.yaml.Yaml.Entry;
import kwangmyong.lab.yaml.Yaml.Mapping;
import kwangmyong.lab.yaml.Yaml.Scalar;
import kwangmyong.lab.yaml.Yaml.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * A map of the configuration, read after the schema has had its say: what has the wrong shape counts as absent here, since its fault is
 * told already. An absent map is an empty section.
 */
public final class Section {
    private final Place place;
    private final Map<String, Entry> entries;
    private final String path;
    private final Faults faults;

    private Section(Place place, Map<String, Entry> entries, String path, Faults faults) {
        this.place = place;
        this.entries = entries;
        this.path = path;
        this.faults = faults;
    }

    public static Section root(Mapping mapping, Faults faults) {
        return new Section(mapping.place(), mapping.entries(), "", faults);
    }

    public Place place() {
        return place;
    }

    public String path() {
        return path;
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Every key that is written here, in order. */
    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /** Adds a fault at the key, or at this section where it does not have the key. */
    public void fault(String key, String message) {
        fault(key, message, faults);
    }

    /** As {@link #fault(String, String)}, to another collection. */
    public void fault(String key, String message, Faults elsewhere) {
        Entry entry = entries.get(key);
        elsewhere.add(entry == null ? place : entry.key(), Paths.key(path, key), message);
    }

    /** Adds a fault at the section itself. */
    public void fault(String message) {
        faults.add(place, path, message);
    }

    public Optional<Value> value(String key) {
        Yaml yaml = yaml(key);
        return yaml == null ? Optional.empty() : scalar(yaml, Paths.key(path, key));
    }

    public String text(String key, String whenAbsent) {
        return value(key).map(Value::text).orElse(whenAbsent);
    }

    public boolean flag(String key, boolean whenAbsent) {
        return value(key).map(value -> value.text().equalsIgnoreCase("true")).orElse(whenAbsent);
    }

    /** A whole number that the schema has bounded to an int. */
    public int integer(String key, int whenAbsent) {
        return value(key)
                .filter(value -> value.text().matches("\\+?\\d{1,9}"))
                .map(value -> Integer.parseInt(value.text()))
                .orElse(whenAbsent);
    }

    /** One value or a list of them. */
    public List<Value> values(String key) {
        Yaml yaml = yaml(key);
        return yaml == null ? List.of() : values(yaml, Paths.key(path, key));
    }

    /** A list of lists of values. */
    public List<List<Value>> tuples(String key) {
        List<List<Value>> tuples = new ArrayList<>();
        if (yaml(key) instanceof Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                tuples.add(values(list.items().get(i), Paths.item(Paths.key(path, key), i)));
            }
        }
        return tuples;
    }

    public Section section(String key) {
        return yaml(key) instanceof Mapping mapping
                ? new Section(mapping.place(), mapping.entries(), Paths.key(path, key), faults)
                : new Section(place, Map.of(), Paths.key(path, key), faults);
    }

    /** The maps in a list. */
    public List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        if (yaml(key) instanceof Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                Yaml item = list.items().get(i);
                if (item instanceof Mapping mapping) {
                    String below = Paths.item(Paths.key(path, key), i, item);
                    sections.add(new Section(item.place(), mapping.entries(), below, faults));
                }
            }
        }
        return sections;
    }

    /** The maps in this map, by key: attachments, subjects. */
    public Map<String, Section> named() {
        Map<String, Section> named = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            if (entry.value() instanceof Mapping mapping) {
                named.put(key, new Section(entry.key(), mapping.entries(), Paths.key(path, key), faults));
            }
        });
        return named;
    }

    private @Nullable Yaml yaml(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    private List<Value> values(Yaml yaml, String at) {
        if (!(yaml instanceof Sequence list)) {
            return scalar(yaml, at).stream().toList();
        }
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            scalar(list.items().get(i), Paths.item(at, i)).ifPresent(values::add);
        }
        return values;
    }

    private Optional<Value> scalar(Yaml yaml, String at) {
        return yaml instanceof Scalar scalar && scalar.type() != Yaml.Type.NOTHING
                ? Optional.of(new Value(scalar.text(), scalar.place(), at, faults))
                : Optional.empty();
    }
}
