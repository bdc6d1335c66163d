package kwangmyong.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import kwangmyong.api.Problem.Fault;
import tools.jackson.databind.JsonNode;

/** What has a description of its own, by name. */
record Thing(String name, List<Field> fields) implements Shape {
    @Override
    public Map<String, Object> schema() {
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    /** What the reference leads to. */
    Map<String, Object> whole() {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach(field -> properties.put(field.name(), field.schema()));
        Map<String, Object> schema = Shape.type("object");
        schema.put("properties", properties);
        schema.put(
                "required",
                fields.stream().filter(Field::required).map(Field::name).toList());
        schema.put("additionalProperties", false);
        return schema;
    }

    @Override
    public void check(JsonNode node, String pointer, List<Fault> faults) {
        if (!node.isObject()) {
            Shape.refuse(faults, pointer, "an object");
            return;
        }
        TreeSet<String> unknown = new TreeSet<>(node.propertyNames());
        for (Field field : fields) {
            unknown.remove(field.name());
            JsonNode value = node.get(field.name());
            String below = pointer + "/" + field.name();
            if (value == null || value.isNull()) {
                if (!field.nullable()) {
                    faults.add(new Fault("pointer", below, "is missing"));
                }
            } else {
                field.shape().check(value, below, faults);
            }
        }
        unknown.forEach(name -> faults.add(new Fault(
                "pointer",
                pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                "is not known (expected: "
                        + String.join(", ", fields.stream().map(Field::name).toList()) + ")")));
    }

    /** A member of a thing. */
    record Field(String name, Shape shape, boolean nullable, boolean required, String about) {
        Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>(shape.schema());
            if (!about.isEmpty()) {
                schema.put("description", about);
            }
            if (nullable) {
                if (schema.get("type") instanceof String type && !schema.containsKey("enum")) {
                    schema.put("type", List.of(type, "null"));
                } else {
                    return Map.of("anyOf", List.of(schema, Map.of("type", "null")));
                }
            }
            return schema;
        }
    }
}
