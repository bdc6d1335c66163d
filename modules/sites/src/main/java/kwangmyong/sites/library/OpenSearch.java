package kwangmyong.sites.library;

import kwangmyong.sites.page.Face;
import kwangmyong.web.http.Reply;
import kwangmyong.web.page.Html;
import kwangmyong.web.page.Language;

/** What lets a browser search the catalogue from its own search box (OpenSearch 1.1, draft 6). */
final class OpenSearch {
    static final String TYPE = "application/opensearchdescription+xml";

    private static final int MOST_SHORT_NAME = 16;

    private OpenSearch() {}

    static Reply description(Face face, String host) {
        String name = face.title(Language.KOREAN);
        String text = """
                <?xml version="1.0" encoding="UTF-8"?>
                <OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
                  <ShortName>%s</ShortName>
                  <Description>%s: catalogue (invented records)</Description>
                  <InputEncoding>UTF-8</InputEncoding>
                  <Url type="text/html" template="http://%s/search?q={searchTerms}&amp;page={startPage?}"/>
                </OpenSearchDescription>
                """.formatted(
                        Html.escape(name.substring(0, Math.min(name.length(), MOST_SHORT_NAME))),
                        Html.escape(face.title(Language.ENGLISH)),
                        Html.escape(host));
        return Reply.text(200, TYPE, text);
    }
}
