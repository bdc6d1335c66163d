package kwangmyong.sites.library;

import java.util.List;
import kwangmyong.sites.library.Catalogue.Facet;
import kwangmyong.sites.text.Leaf;
import kwangmyong.web.page.Messages.Texts;

/** The front page of a library. */
record HomePage(Texts texts, Leaf written, int size, List<Facet> subjects) {}
