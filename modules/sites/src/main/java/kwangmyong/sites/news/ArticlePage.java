package kwangmyong.sites.news;

import kwangmyong.web.page.Messages.Texts;

/** One article's page. */
record ArticlePage(Texts texts, Article article) {}
