package kwangmyong.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kwangmyong.kernel.policy.NamePattern;

/** Names and patterns from few labels, so that many of them meet; among them numeric addresses, A-labels and what an attacker might send. */
final class RandomNames {
    private static final List<String> TOPS = List.of("kp", "kp", "kp", "com");
    private static final List<String> LABELS = List.of(
            "a",
            "b",
            "ab",
            "lib",
            "kut",
            "edu",
            "kcna",
            "notkcna",
            "xn--2e0b17h",
            "1",
            "\ud3c9\uc591",
            "a'\"\\b",
            "%00",
            "-");
    private static final List<String> ODD = List.of(
            "10.76.0.1",
            "10.0.1",
            "10.76.0.9",
            "198.51.100.22",
            "2001:db8::1",
            "2001:db8::2",
            "::",
            "kp",
            "a",
            "portal.kp",
            "captive.apple.com",
            "a.kp\u0000",
            "a b.kp",
            "\u202ekp.a",
            "*.kp",
            "*",
            "lib.*.kp",
            "mail",
            "x".repeat(63) + ".kp",
            ("x".repeat(49) + ".").repeat(5) + "kp",
            "x".repeat(5_000));

    private static final List<String> RANGES = List.of(
            "10.76.0.0/16",
            "10.76.0.0/29",
            "198.51.100.16/28",
            "0.0.0.0/0",
            "2001:db8::/32",
            "2001:db8::1/128",
            "::/0");

    private final Random random;
    private final List<NamePattern> patterns = new ArrayList<>();

    RandomNames(Random random) {
        this.random = random;
    }

    /** A name that may be covered by a pattern made so far. */
    String name() {
        int choice = random.nextInt(10);
        if (choice == 0) {
            return pick(ODD);
        }
        if (choice < 4 || patterns.isEmpty()) {
            return plain();
        }
        String text = pick(patterns).text();
        if (text.equals("*")) {
            return plain();
        }
        if (text.startsWith(".")) {
            text = random.nextBoolean()
                    ? text.substring(1)
                    : (random.nextInt(4) == 0 ? "x" + text.substring(1) : below() + text);
        } else if (text.startsWith("*.")) {
            text = random.nextInt(4) == 0 ? text.substring(2) : below() + text.substring(1);
        }
        while (text.contains("*")) {
            text = text.replaceFirst("\\*", random.nextInt(8) == 0 ? "a.b" : pick(List.of("a", "kut", "edu")));
        }
        return text;
    }

    /** One of few, so that ranges hold it. */
    String address() {
        return pick(List.of(
                "10.76.0.1", "10.76.0.9", "198.51.100.22", "198.51.100.99", "2001:db8::1", "2001:db8::2", "fd00::1"));
    }

    NamePattern pattern() {
        NamePattern made = new NamePattern(patternText());
        patterns.add(made);
        return made;
    }

    private String patternText() {
        return switch (random.nextInt(14)) {
            case 0 -> "*";
            case 1, 2, 3 -> plain();
            case 4, 5, 6 -> "." + plain();
            case 7, 8 -> "*." + plain();
            case 9 -> inner();
            case 12, 13 -> pick(RANGES);
            case 10 -> (random.nextBoolean() ? "." : "*.") + inner();
            default -> random.nextBoolean() ? "10.76.0.1" : ".1";
        };
    }

    private String inner() {
        String stars = pick(LABELS)
                + (random.nextInt(3) == 0 ? ".*.*." : random.nextInt(3) == 0 ? ".*." + pick(LABELS) + ".*." : ".*.");
        return stars + (random.nextBoolean() ? pick(LABELS) + "." : "") + pick(TOPS);
    }

    private String plain() {
        var name = new StringBuilder(pick(TOPS));
        for (int labels = random.nextInt(4); labels > 0; labels--) {
            name.insert(0, pick(LABELS) + ".");
        }
        return name.toString();
    }

    private String below() {
        return random.nextInt(3) == 0 ? pick(LABELS) + "." + pick(LABELS) : pick(LABELS);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
