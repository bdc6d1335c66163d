package kwangmyong.sites;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import kwangmyong.kernel.service.Service.StartException;
import kwangmyong.sites.SitesConfig.SiteConfig;
import kwangmyong.sites.directory.DirectorySite;
import kwangmyong.sites.drop.DropSite;
import kwangmyong.sites.library.LibrarySite;
import kwangmyong.sites.news.NewsSite;
import kwangmyong.sites.page.Face;
import kwangmyong.sites.page.Place;
import kwangmyong.sites.pages.PagesSite;
import kwangmyong.sites.text.Bilingual;
import kwangmyong.web.server.WebRuntime;

/** Makes each site of what its kind needs. */
final class Sites {
    /** Where operators drop files, beside what sites keep. */
    private static final String DROPPED = "content";

    private final SitesConfig config;
    private final Path state;
    private final WebRuntime runtime;
    private final Executor background;

    Sites(SitesConfig config, Path state, WebRuntime runtime, Executor background) {
        this.config = config;
        this.state = state;
        this.runtime = runtime;
        this.background = background;
    }

    Place open(SiteConfig site) throws StartException {
        Face face = new Face(new Bilingual(site.korean(), site.title()), site.theme(), site.isWorld());
        Path content = config.content().resolve(site.content());
        long seed = config.seed() + site.seed();
        try {
            return switch (site.kind()) {
                case LIBRARY ->
                    LibrarySite.open(face, content, state, site.host(), seed, site.records(), runtime, background);
                case NEWS -> NewsSite.open(face, content, seed);
                case DIRECTORY -> DirectorySite.open(face, content, seed, site.records());
                case PAGES, WORLD -> PagesSite.open(face, content);
                case DROP -> new DropSite(state.resolveSibling(DROPPED).resolve(site.content()), runtime);
            };
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new StartException(
                    "The content of " + site.host() + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
