package kwangmyong.sites.page;

import java.util.List;
import kwangmyong.web.page.Layout.Link;
import kwangmyong.web.page.Messages;
import kwangmyong.web.page.Messages.Texts;

/**
 * What surrounds a page.
 *
 * @param texts the sentences of the visitor's language
 * @param links what the head points to: feeds, a search description
 * @param real what of the site is real, and {@code invented} what is not; shown at the foot
 */
public record Frame(
        Visit visit,
        Face face,
        Texts texts,
        String title,
        List<Link> navigation,
        List<HeadLink> links,
        String real,
        String invented) {
    public Frame {
        navigation = List.copyOf(navigation);
        links = List.copyOf(links);
    }

    private static final Messages MESSAGES = Messages.load(Frame.class, "frame");

    /** A frame without head links or foot. */
    public static Frame of(Visit visit, Face face, String title, List<Link> navigation) {
        return new Frame(visit, face, MESSAGES.in(visit.language()), title, navigation, List.of(), "", "");
    }

    public Frame withFoot(String nowReal, String nowInvented) {
        return new Frame(visit, face, texts, title, navigation, links, nowReal, nowInvented);
    }

    public Frame withLinks(List<HeadLink> nowLinks) {
        return new Frame(visit, face, texts, title, navigation, nowLinks, real, invented);
    }

    /** A {@code link} element. */
    public record HeadLink(String relation, String type, String address, String title) {}

    /** The page's title, then the site's, unless they are the same. */
    String browserTitle() {
        String site = face.title(visit.language());
        return title.equals(site) ? site : title + " · " + site;
    }

    String inventedOrEverything() {
        return invented.isEmpty() ? texts.get("foot.everything") : invented;
    }

    /** Who the page says is there. */
    String askerLine() {
        var asker = visit.asker();
        if (asker == null) {
            return "";
        }
        String where = asker.attachment() == null ? asker.terminal() : asker.attachment() + " · " + asker.terminal();
        return asker.subject() == null
                ? texts.get("asker.nobody", where)
                : texts.get("asker.subject", asker.subject(), where);
    }
}
