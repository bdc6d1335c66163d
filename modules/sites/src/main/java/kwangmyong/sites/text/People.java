package kwangmyong.sites.text;

import java.util.List;
import java.util.SplittableRandom;
import kwangmyong.sites.text.WordFile.Section;

/** Names of people who do not exist. */
public final class People {
    private final List<Bilingual> families;
    private final List<Bilingual> given;

    public People() {
        List<Section> names = WordFile.read(People.class, "people.txt");
        this.families = WordFile.words(names, "family");
        this.given = WordFile.words(names, "given");
    }

    /** Family name first, as Korean has it. */
    public Bilingual any(SplittableRandom random) {
        Bilingual family = families.get(random.nextInt(families.size()));
        Bilingual own = given.get(random.nextInt(given.size()));
        return new Bilingual(family.korean() + own.korean(), family.english() + " " + own.english());
    }
}
