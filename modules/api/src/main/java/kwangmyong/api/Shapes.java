package kwangmyong.api;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kwangmyong.access.api.JournalEntry;
import org.jspecify.annotations.Nullable;

/** The shapes of records, from their own declarations: what may be null says so, what has limits is annotated. Of one thread while it grows. */
final class Shapes {
    private final Map<String, Thing> things = new TreeMap<>();
    private final Map<Class<?>, Thing> known = new HashMap<>();

    /** Every record that was asked for, by name. */
    Map<String, Thing> things() {
        return Collections.unmodifiableMap(things);
    }

    /** The shape of a class. */
    Shape of(Class<?> type) {
        if (type.equals(String.class)) {
            return new Shape.Text(0);
        } else if (type.equals(int.class) || type.equals(Integer.class)) {
            return new Shape.Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (type.equals(long.class) || type.equals(Long.class)) {
            return new Shape.Whole(Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (type.equals(double.class) || type.equals(Double.class) || type.equals(BigDecimal.class)) {
            return new Shape.Fraction();
        } else if (type.equals(boolean.class)) {
            return new Shape.Flag();
        } else if (type.equals(Instant.class)) {
            return Shape.Written.MOMENT;
        } else if (type.equals(Duration.class)) {
            return Shape.Written.SPAN;
        } else if (type.equals(JournalEntry.class)) {
            return new Shape.Line();
        } else if (type.isEnum()) {
            return new Shape.Choice(Arrays.stream(type.getEnumConstants())
                    .map(constant -> Json.word((Enum<?>) constant))
                    .toList());
        } else if (type.isRecord()) {
            return thing(type);
        }
        throw new IllegalArgumentException(type + " has no shape");
    }

    private Thing thing(Class<?> type) {
        Thing there = known.get(type);
        if (there != null) {
            return there;
        }
        List<Thing.Field> fields = new ArrayList<>();
        var thing = new Thing(name(type), Collections.unmodifiableList(fields));
        known.put(type, thing);
        if (things.put(thing.name(), thing) != null) {
            throw new IllegalStateException("two records are called " + thing.name());
        }
        for (RecordComponent component : type.getRecordComponents()) {
            fields.add(field(component));
        }
        for (Method method : type.getMethods()) {
            if (isSaid(method)) {
                String name = method.getName();
                String said = Character.toLowerCase(name.charAt(2)) + name.substring(3);
                fields.add(new Thing.Field(Json.spelled(said), new Shape.Flag(), false, true, ""));
            }
        }
        return thing;
    }

    /** What is read is called so, since what is given may have the same name. */
    private static String name(Class<?> type) {
        boolean read = Bodies.class.equals(type.getEnclosingClass());
        return type.getSimpleName() + (read ? "Request" : "");
    }

    /** What Jackson writes beside the components: {@code isWhole()}. */
    private static boolean isSaid(Method method) {
        boolean component = method.getDeclaringClass().isRecord()
                && Arrays.stream(method.getDeclaringClass().getRecordComponents())
                        .anyMatch(one -> one.getName().equals(method.getName()));
        return method.getName().matches("is[A-Z].*")
                && method.getParameterCount() == 0
                && method.getReturnType().equals(boolean.class)
                && !component;
    }

    private Thing.Field field(RecordComponent component) {
        AnnotatedType type = component.getAnnotatedType();
        boolean nullable = type.isAnnotationPresent(Nullable.class);
        About about = component.getAnnotation(About.class);
        boolean required = about == null || !nullable;
        return new Thing.Field(
                Json.spelled(component.getName()),
                limited(of(type), about),
                nullable,
                required,
                about == null ? "" : about.value());
    }

    private static Shape limited(Shape shape, @Nullable About about) {
        if (about == null) {
            return shape;
        } else if (about.words().length > 0) {
            Shape choice = new Shape.Choice(List.of(about.words()));
            return shape instanceof Shape.Many ? new Shape.Many(choice, about.max()) : choice;
        } else if (shape instanceof Shape.Text) {
            return new Shape.Text(about.max());
        } else if (shape instanceof Shape.Many many) {
            return new Shape.Many(limited(many.of(), about), about.max());
        } else if (shape instanceof Shape.Whole) {
            return new Shape.Whole(about.min(), about.max());
        }
        return shape;
    }

    private Shape of(AnnotatedType type) {
        if (type instanceof AnnotatedParameterizedType of) {
            AnnotatedType[] arguments = of.getAnnotatedActualTypeArguments();
            Class<?> raw = raw(of);
            if (raw.equals(List.class) || raw.equals(Set.class)) {
                return new Shape.Many(of(arguments[0]), 0);
            } else if (raw.equals(Map.class)) {
                return new Shape.Named(of(arguments[1]));
            }
        }
        return of((Class<?>) type.getType());
    }

    private static Class<?> raw(AnnotatedParameterizedType type) {
        return (Class<?>) ((ParameterizedType) type.getType()).getRawType();
    }
}
