package kwangmyong.lab.yaml;

import java.math.BigDecimal;
import java.util.function.Consumer;
import kwangmyong.lab.yaml.Yaml.Mapping;
import kwangmyong.lab.yaml.Yaml.Scalar;
import org.jspecify.annotations.Nullable;

/** The numbers of a schema: sizes, lengths, values. */
final class Limits {
    private final @Nullable BigDecimal minItems;
    private final @Nullable BigDecimal maxItems;
    private final @Nullable BigDecimal minLength;
    private final @Nullable BigDecimal maxLength;
    private final @Nullable BigDecimal minimum;
    private final @Nullable BigDecimal maximum;

    Limits(Mapping schema) {
        BigDecimal leastEntries = number(schema, "minProperties");
        minItems = leastEntries == null ? number(schema, "minItems") : leastEntries;
        maxItems = number(schema, "maxItems");
        minLength = number(schema, "minLength");
        maxLength = number(schema, "maxLength");
        minimum = number(schema, "minimum");
        maximum = number(schema, "maximum");
    }

    void checkSize(String what, int size, Consumer<String> fault) {
        check(BigDecimal.valueOf(size), size + " " + what, minItems, maxItems, fault);
    }

    void checkLength(String text, Consumer<String> fault) {
        int length = text.codePointCount(0, text.length());
        check(BigDecimal.valueOf(length), length + " characters", minLength, maxLength, fault);
    }

    void checkNumber(BigDecimal number, Consumer<String> fault) {
        check(number, number.toString(), minimum, maximum, fault);
    }

    private static void check(
            BigDecimal value,
            String shown,
            @Nullable BigDecimal least,
            @Nullable BigDecimal most,
            Consumer<String> fault) {
        if ((least != null && value.compareTo(least) < 0) || (most != null && value.compareTo(most) > 0)) {
            String range =
                    least == null ? "at most " + most : most == null ? "at least " + least : least + " to " + most;
            fault.accept(shown + " (expected: " + range + ")");
        }
    }

    private static @Nullable BigDecimal number(Mapping schema, String key) {
        return schema.get(key) instanceof Scalar number ? new BigDecimal(number.text()) : null;
    }
}
