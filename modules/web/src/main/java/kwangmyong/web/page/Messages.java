package kwangmyong.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** The sentences of some pages in every language, from {@code NAME_ko.properties} and {@code NAME_en.properties} (UTF-8). Immutable. */
public final class Messages {
    private final Map<Language, Properties> sentences = new EnumMap<>(Language.class);

    private Messages() {}

    /**
     * Reads the files that lie beside a class.
     *
     * @throws IllegalStateException when a file is missing, or one language lacks what the other has
     */
    public static Messages load(Class<?> beside, String name) {
        Messages messages = new Messages();
        Set<Object> keys = new TreeSet<>();
        for (Language language : Language.values()) {
            Properties read = read(beside, name + "_" + language.tag() + ".properties");
            messages.sentences.put(language, read);
            keys.addAll(read.keySet());
        }
        for (Language language : Language.values()) {
            Set<Object> missing = new TreeSet<>(keys);
            missing.removeAll(messages.properties(language).keySet());
            if (!missing.isEmpty()) {
                throw new IllegalStateException(name + " lacks in " + language.tag() + ": " + missing);
            }
        }
        return messages;
    }

    public Texts in(Language language) {
        return new Texts(language, properties(language));
    }

    private Properties properties(Language language) {
        return sentences.getOrDefault(language, new Properties());
    }

    private static Properties read(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not beside " + beside.getName());
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return properties;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The sentences of one language. */
    public static final class Texts {
        private final Language language;
        private final Properties sentences;

        private Texts(Language language, Properties sentences) {
            this.language = language;
            this.sentences = sentences;
        }

        public Language language() {
            return language;
        }

        public boolean has(String key) {
            return sentences.containsKey(key);
        }

        /**
         * A sentence with {@code {0}}, {@code {1}} … replaced by the values, as plain text (escaping is the template's).
         *
         * @throws IllegalArgumentException when there is no such sentence
         */
        public String get(String key, Object... values) {
            String sentence = sentences.getProperty(key);
            if (sentence == null) {
                throw new IllegalArgumentException("no sentence '" + key + "' in " + language.tag());
            }
            if (values.length == 0) {
                return sentence;
            }
            StringBuilder filled = new StringBuilder(sentence.length() + 32);
            int from = 0;
            for (int open = sentence.indexOf('{'); open >= 0; open = sentence.indexOf('{', from)) {
                int index = open + 2 < sentence.length() && sentence.charAt(open + 2) == '}'
                        ? sentence.charAt(open + 1) - '0'
                        : -1;
                boolean placeholder = index >= 0 && index < values.length;
                filled.append(sentence, from, open).append(placeholder ? values[index] : "{");
                from = placeholder ? open + 3 : open + 1;
            }
            return filled.append(sentence, from, sentence.length()).toString();
        }

        /**
         * A moment as people say it.
         *
         * @param pattern the key of its pattern among the sentences, as {@link DateTimeFormatter} reads it
         */
        public String time(String pattern, Instant moment, ZoneId zone) {
            return DateTimeFormatter.ofPattern(get(pattern), Locale.forLanguageTag(language.tag()))
                    .format(moment.atZone(zone));
        }
    }
}
