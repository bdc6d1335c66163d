package kwangmyong.sites.pages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import kwangmyong.sites.page.Face;
import kwangmyong.sites.page.Frame;
import kwangmyong.sites.page.Pages;
import kwangmyong.sites.page.Place;
import kwangmyong.sites.page.Visit;
import kwangmyong.sites.text.Leaf;
import kwangmyong.sites.text.LeafFolder;
import kwangmyong.web.http.Refusal;
import kwangmyong.web.http.Reply;
import kwangmyong.web.page.Language;
import kwangmyong.web.page.Layout.Link;
import org.jspecify.annotations.Nullable;

/**
 * A site of written pages. A page's address is its field {@code path}, else its file's name, {@code index} being the site's root; the field
 * {@code order}, a number, puts it into the navigation. The root's fields {@code real} and {@code invented} stand at the foot of each page.
 */
public final class PagesSite implements Place {
    private final Face face;
    private final Map<String, Leaf> byPath;
    private final List<String> navigation;
    private final Leaf root;

    private PagesSite(Face face, Map<String, Leaf> byPath, Leaf root) {
        this.face = face;
        this.byPath = Map.copyOf(byPath);
        this.root = root;
        this.navigation = byPath.keySet().stream()
                .filter(path -> !order(byPath, path).isEmpty())
                .sorted(Comparator.comparing(path -> order(byPath, path)))
                .toList();
    }

    private static String order(Map<String, Leaf> byPath, String path) {
        Leaf leaf = byPath.get(path);
        return leaf == null ? "" : leaf.field("order", Language.ENGLISH);
    }

    /**
     * Reads the pages of a folder.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when a file is no page, or there is no {@code index.md}
     */
    public static PagesSite open(Face face, Path folder) throws IOException {
        Map<String, Leaf> byPath = new HashMap<>();
        LeafFolder.read(folder).forEach((name, leaf) -> byPath.put(path(name, leaf), leaf));
        Leaf root = byPath.get("/");
        if (root == null) {
            throw new IllegalArgumentException(folder + ": there is no index.md");
        }
        return new PagesSite(face, byPath, root);
    }

    private static String path(String name, Leaf leaf) {
        String own = leaf.field("path", Language.ENGLISH);
        return own.isEmpty() ? (name.equals("index") ? "/" : "/" + name) : own;
    }

    @Override
    public CompletionStage<Reply> answer(Visit visit) {
        if (!visit.request().isRead()) {
            return Reply.empty(405).with("Allow", "GET, HEAD").now();
        }
        Leaf leaf = find(visit.request().path());
        if (leaf == null) {
            throw new Refusal(404, "");
        }
        return page(visit, leaf).now();
    }

    private @Nullable Leaf find(String path) {
        Leaf leaf = byPath.get(path);
        boolean folder = leaf == null && path.length() > 1 && path.endsWith("/");
        return folder ? byPath.get(path.substring(0, path.length() - 1)) : leaf;
    }

    private Reply page(Visit visit, Leaf leaf) {
        return Pages.page("pages/leaf.jte", frame(visit, leaf.title(visit.language()), leaf), leaf);
    }

    /** The frame of a page that is not written but made; {@code menu} is the path of the entry in the navigation that it belongs to. */
    public Frame frame(Visit visit, String title, String menu) {
        return frame(visit, title, byPath.get(menu));
    }

    private Frame frame(Visit visit, String title, @Nullable Leaf here) {
        Language language = visit.language();
        List<Link> links = new ArrayList<>();
        for (String path : navigation) {
            Leaf leaf = byPath.get(path);
            if (leaf != null) {
                links.add(new Link(path, shortTitle(leaf, language), leaf == here));
            }
        }
        return Frame.of(visit, face, title, links)
                .withFoot(root.field("real", language), root.field("invented", language));
    }

    /** What is written at the site's root. */
    public Leaf root() {
        return root;
    }

    public Face face() {
        return face;
    }

    private static String shortTitle(Leaf leaf, Language language) {
        String shorter = leaf.field("menu", language);
        return shorter.isEmpty() ? leaf.title(language) : shorter;
    }
}
