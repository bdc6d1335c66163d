package kwangmyong.sites.text;

/** The same in both languages; {@code {}} in a template stands for what it is about. */
public record Bilingual(String korean, String english) {
    private static final String GAP = "{}";

    /** This template with {@code filling} in its gap; the English begins with a capital. */
    public Bilingual filled(Bilingual filling) {
        String sentence = english.replace(GAP, filling.english);
        return new Bilingual(
                korean.replace(GAP, filling.korean), Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1));
    }
}
