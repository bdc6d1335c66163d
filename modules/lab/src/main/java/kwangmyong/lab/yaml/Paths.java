package kwangmyong.lab.yaml;

import kwangmyong.lab.yaml.Yaml.Mapping;
import kwangmyong.lab.yaml.Yaml.Scalar;

/** Paths of keys as faults name them: {@code attachments.cafe.range[1]}, {@code rules.library-reading.allow}. */
public final class Paths {
    private Paths() {}

    /** The path of a key's value. */
    public static String key(String parent, String key) {
        return parent.isEmpty() ? key : parent + "." + key;
    }

    /** The path of a list's item, counted from 0. */
    public static String item(String parent, int index) {
        return parent + "[" + index + "]";
    }

    /** The path of a list's item: by its id, which people know it by, or counted from 0. */
    public static String item(String parent, int index, Yaml item) {
        if (item instanceof Mapping mapping
                && mapping.get("id") instanceof Scalar scalar
                && !scalar.text().isBlank()) {
            return key(parent, scalar.text());
        }
        return item(parent, index);
    }
}
