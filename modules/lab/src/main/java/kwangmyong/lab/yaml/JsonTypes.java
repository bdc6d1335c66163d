package kwangmyong.lab.yaml;

import java.util.Set;
import kwangmyong.lab.yaml.Yaml.Mapping;
import kwangmyong.lab.yaml.Yaml.Scalar;

/** The types of JSON Schema, as values have them and as people are told of them. */
final class JsonTypes {
    private JsonTypes() {}

    /** Every type that a value is of: a whole number is a number too. */
    static Set<String> of(Yaml value) {
        if (value instanceof Scalar scalar) {
            return switch (scalar.type()) {
                case TEXT -> Set.of("string");
                case INTEGER -> Set.of("integer", "number");
                case DECIMAL -> Set.of("number");
                case BOOLEAN -> Set.of("boolean");
                case NOTHING -> Set.of("null");
            };
        }
        return Set.of(value instanceof Mapping ? "object" : "array");
    }

    /** A type as a person calls it. */
    static String inWords(String type) {
        return switch (type) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a map";
            default -> "nothing";
        };
    }
}
