package kwangmyong.api;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A parameter of an endpoint.
 *
 * @param repeated whether it may be given more than once
 */
record Parameter(String name, Place place, Shape shape, boolean required, boolean repeated, String about) {
    /** The longest name of a thing in a path. */
    private static final int LONGEST_NAME = 300;

    /** Where it stands. */
    enum Place {
        PATH,
        QUERY,
        HEADER;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Parameter path(String name, String about) {
        return new Parameter(name, Place.PATH, new Shape.Text(LONGEST_NAME), true, false, about);
    }

    static Parameter query(String name, Shape shape, String about) {
        return new Parameter(name, Place.QUERY, shape, false, false, about);
    }

    static Parameter queries(String name, Shape shape, String about) {
        return new Parameter(name, Place.QUERY, shape, false, true, about);
    }

    static Parameter header(String name, String about) {
        return new Parameter(name, Place.HEADER, new Shape.Text(LONGEST_NAME), false, false, about);
    }

    Parameter needed() {
        return new Parameter(name, place, shape, true, repeated, about);
    }

    /** As OpenAPI has it. */
    Map<String, Object> described() {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", name);
        described.put("in", place.word());
        described.put("description", about);
        described.put("required", required);
        described.put("schema", repeated ? new Shape.Many(shape, 0).schema() : shape.schema());
        return described;
    }
}
