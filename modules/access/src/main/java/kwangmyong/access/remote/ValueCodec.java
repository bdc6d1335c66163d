package kwangmyong.access.remote;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import kwangmyong.kernel.place.Addresses;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records as JSON and back, by their components: no form of its own to keep in step with the kernel's words. It knows records, enums, sealed interfaces of
 * those, lists, sets, and the plain values below, and nothing else: what comes in can make nothing but them. Both sides are the same program; a component that is missing or unknown
 * is refused.
 */
final class ValueCodec {
    /** Which of a sealed interface's kinds a value is. */
    private static final String KIND = "is";
    /** Which constant of an enum that is one of those kinds. */
    private static final String CONSTANT = "constant";

    private static final int DEEPEST = 32;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Map<Class<?>, Function<String, Object>> TEXTS = Map.of(
            String.class, text -> text,
            InetAddress.class, Addresses::parse,
            Instant.class, Instant::parse,
            Duration.class, Duration::parse,
            LocalDate.class, LocalDate::parse,
            LocalTime.class, LocalTime::parse,
            ZoneId.class, ZoneId::of,
            BigDecimal.class, BigDecimal::new);

    /** What is known of a record: looked at once. */
    private static final Map<Class<?>, Shape> SHAPES = new ConcurrentHashMap<>();

    private static final Map<Class<?>, List<Class<?>>> KINDS = new ConcurrentHashMap<>();

    private ValueCodec() {}

    private record Shape(Constructor<?> constructor, List<RecordComponent> components) {
        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                for (RecordComponent component : components) {
                    component.getAccessor().setAccessible(true);
                }
                return new Shape(constructor, List.of(components));
            } catch (NoSuchMethodException impossible) {
                throw new AssertionError(impossible); // every record has its canonical constructor
            }
        }
    }

    /** @throws IllegalArgumentException for a type that it does not know */
    static JsonNode encode(@Nullable Object value, Type type) {
        if (value == null) {
            return JSON.nullNode();
        } else if (type instanceof ParameterizedType generic && value instanceof Collection<?> all) {
            ArrayNode array = JSON.arrayNode();
            all.forEach(each -> array.add(encode(each, generic.getActualTypeArguments()[0])));
            return array;
        }
        Class<?> declared = raw(type);
        if (value instanceof InetAddress address) {
            return JSON.stringNode(Addresses.text(address));
        } else if (TEXTS.containsKey(declared)) {
            return JSON.stringNode(value instanceof ZoneId zone ? zone.getId() : value.toString());
        } else if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        } else if (value instanceof Integer number) {
            return JSON.numberNode(number);
        } else if (value instanceof Long number) {
            return JSON.numberNode(number);
        } else if (value instanceof Double number) {
            return JSON.numberNode(number);
        } else if (declared.isSealed() && declared.isInterface()) {
            return kind(value, declared);
        } else if (value instanceof Enum<?> constant) {
            return JSON.stringNode(constant.name());
        } else if (value instanceof Record) {
            return record(value);
        }
        throw new IllegalArgumentException("a value of " + type.getTypeName() + " has no form here");
    }

    private static ObjectNode kind(Object value, Class<?> sealed) {
        Class<?> kind = kinds(sealed).stream()
                .filter(each -> each.isInstance(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(value.getClass() + " is no kind of " + sealed));
        ObjectNode object;
        if (value instanceof Enum<?> constant) {
            object = JSON.objectNode();
            object.put(CONSTANT, constant.name());
        } else {
            object = record(value);
        }
        object.put(KIND, kind.getSimpleName());
        return object;
    }

    private static ObjectNode record(Object value) {
        ObjectNode object = JSON.objectNode();
        for (RecordComponent component :
                SHAPES.computeIfAbsent(value.getClass(), Shape::of).components()) {
            try {
                object.set(
                        component.getName(), encode(component.getAccessor().invoke(value), component.getGenericType()));
            } catch (IllegalAccessException | InvocationTargetException impossible) {
                throw new LinkageError("accessors are public", impossible); // accessors return fields
            }
        }
        return object;
    }

    /** @throws IllegalArgumentException when {@code json} is no such value, and whatever a record's constructor refuses */
    static @Nullable Object decode(JsonNode json, Type type) {
        try {
            return decode(json, type, 0);
        } catch (DateTimeException | ClassCastException | NullPointerException wrong) {
            throw new IllegalArgumentException(raw(type).getSimpleName() + ": " + wrong.getMessage(), wrong);
        }
    }

    private static @Nullable Object decode(JsonNode json, Type type, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("a value within values, more than " + DEEPEST + " deep");
        } else if (json.isNull()) {
            return null;
        }
        Class<?> declared = raw(type);
        Function<String, Object> text = TEXTS.get(declared);
        if (type instanceof ParameterizedType generic && Collection.class.isAssignableFrom(declared)) {
            return collection(json, declared, generic.getActualTypeArguments()[0], depth);
        } else if (text != null) {
            return text.apply(expect(json, json.isString(), "text").asString());
        } else if (declared == boolean.class || declared == Boolean.class) {
            return expect(json, json.isBoolean(), "true or false").asBoolean();
        } else if (declared == int.class || declared == Integer.class) {
            return expect(json, json.isInt(), "a whole number").asInt();
        } else if (declared == long.class || declared == Long.class) {
            return expect(json, json.isIntegralNumber() && json.canConvertToLong(), "a whole number")
                    .asLong();
        } else if (declared == double.class) {
            return expect(json, json.isNumber(), "a number").asDouble();
        } else if (declared.isSealed() && declared.isInterface()) {
            return kind(json, declared, depth);
        } else if (declared.isEnum()) {
            return constant(declared, expect(json, json.isString(), "a word").asString());
        } else if (declared.isRecord()) {
            return record((ObjectNode) expect(json, json.isObject(), "an object"), declared, depth);
        }
        throw new IllegalArgumentException("a value of " + type.getTypeName() + " has no form here");
    }

    private static Collection<Object> collection(JsonNode json, Class<?> declared, Type of, int depth) {
        List<Object> all = new ArrayList<>(json.size());
        for (JsonNode each : expect(json, json.isArray(), "a list")) {
            Object value = decode(each, of, depth + 1);
            if (value == null) {
                throw new IllegalArgumentException("nothing in a list");
            }
            all.add(value);
        }
        return declared == Set.class ? new LinkedHashSet<>(all) : all;
    }

    private static Object kind(JsonNode json, Class<?> sealed, int depth) {
        ObjectNode object = ((ObjectNode) expect(json, json.isObject(), "an object")).deepCopy();
        JsonNode name = object.remove(KIND);
        Class<?> kind = kinds(sealed).stream()
                .filter(each -> name != null && each.getSimpleName().equals(name.asString("")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is no kind of " + sealed.getSimpleName()));
        if (kind.isEnum()) {
            JsonNode constant = object.get(CONSTANT);
            return constant(kind, constant == null ? "" : constant.asString(""));
        }
        return record(object, kind, depth);
    }

    private static Object record(ObjectNode object, Class<?> type, int depth) {
        Shape shape = SHAPES.computeIfAbsent(type, Shape::of);
        @Nullable Object[] values = new @Nullable Object[shape.components().size()];
        for (int i = 0; i < values.length; i++) {
            RecordComponent component = shape.components().get(i);
            JsonNode value = object.get(component.getName());
            if (value == null) {
                throw new IllegalArgumentException(type.getSimpleName() + " without " + component.getName());
            }
            values[i] = decode(value, component.getGenericType(), depth + 1);
            if (values[i] == null && component.getType().isPrimitive()) {
                throw new IllegalArgumentException(type.getSimpleName() + " with nothing as " + component.getName());
            }
        }
        if (object.size() != values.length) {
            throw new IllegalArgumentException(type.getSimpleName() + " with more than its components");
        }
        try {
            return shape.constructor().newInstance(values);
        } catch (InvocationTargetException refused) {
            Throwable cause = refused.getCause();
            throw new IllegalArgumentException(
                    type.getSimpleName() + ": " + (cause == null ? refused : cause.getMessage()), refused);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(
                    "constructors were made accessible",
                    impossible); // it was made accessible, and records are not abstract
        }
    }

    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no " + type.getSimpleName());
    }

    private static JsonNode expect(JsonNode json, boolean is, String what) {
        if (!is) {
            throw new IllegalArgumentException("a " + json.getNodeType() + " (expected: " + what + ")");
        }
        return json;
    }

    /** The records and enums below a sealed interface, those of sealed interfaces in it included. */
    private static List<Class<?>> kinds(Class<?> sealed) {
        List<Class<?>> known = KINDS.get(sealed);
        if (known != null) {
            return known;
        }
        List<Class<?>> kinds = new ArrayList<>();
        for (Class<?> each : sealed.getPermittedSubclasses()) {
            if (each.isSealed() && each.isInterface()) {
                kinds.addAll(kinds(each));
            } else {
                kinds.add(each);
            }
        }
        KINDS.put(sealed, List.copyOf(kinds));
        return kinds;
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }
}
