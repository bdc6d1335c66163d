package kwangmyong.gateway;

/** The frame of the gateway's pages: one file each, nothing fetched from anywhere. */
final class Html {
    private static final String STYLE = """
            :root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1d1b18;--soft:#6b655c;--line:#e4dfd5;--mark:#a3261f}
            @media(prefers-color-scheme:dark){:root{--paper:#171513;--card:#211e1b;--ink:#efeae2;--soft:#a79f93;--line:#38332d;--mark:#ff8f84}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 system-ui,"Noto Sans KR","Noto Sans CJK KR","Apple SD Gothic Neo","Malgun Gothic",sans-serif}
            main{max-width:42rem;margin:0 auto;padding:12vh 1.25rem 4rem}
            .code{color:var(--mark);font-weight:700;letter-spacing:.14em;font-size:.85rem;margin:0 0 .5rem}
            h1{font-size:1.9rem;line-height:1.25;margin:0}
            h1+p{color:var(--soft);font-size:1.15rem;margin:.25rem 0 1.5rem}
            dl{background:var(--card);border:1px solid var(--line);border-top:3px solid var(--mark);border-radius:6px;margin:0 0 1.5rem;padding:.5rem 1.25rem}
            dl div{display:grid;grid-template-columns:11rem 1fr;gap:1rem;padding:.65rem 0;border-bottom:1px solid var(--line)}
            dl div:last-child{border:0}
            dt{color:var(--soft);font-size:.9rem}dd{margin:0;overflow-wrap:anywhere}
            code{font:.92em/1.5 ui-monospace,"Noto Sans Mono CJK KR",monospace}
            a{color:var(--mark)}footer{color:var(--soft);font-size:.85rem;margin-top:3rem;border-top:1px solid var(--line);padding-top:1rem}
            @media(max-width:34rem){dl div{grid-template-columns:1fr;gap:0}main{padding-top:6vh}}
            """;

    private Html() {}

    /**
     * A page.
     *
     * @param head further elements of the head, already HTML
     * @param content of main below the two titles, already HTML
     */
    static String page(int status, String head, String korean, String english, String content) {
        return """
                <!DOCTYPE html>
                <html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
                %s<title>%d · %s · %s</title><style>%s</style></head>
                <body><main><p class="code">%d %s</p>
                <h1>%s</h1><p lang="en">%s</p>
                %s<footer>광명 실험망 관문 · <span lang="en">the gateway of Kwangmyong Lab, a simulated network for research and teaching</span></footer>
                </main></body></html>
                """.formatted(
                        head,
                        status,
                        escape(korean),
                        escape(english),
                        STYLE,
                        status,
                        escape(Phrases.of(status)),
                        escape(korean),
                        escape(english),
                        content);
    }

    /** One line of a definition list. */
    static String row(String korean, String english, String valueHtml) {
        return "<div><dt>" + korean + "<br><span lang=\"en\">" + english + "</span></dt><dd>" + valueHtml
                + "</dd></div>\n";
    }

    static String code(String text) {
        return "<code>" + escape(text) + "</code>";
    }

    static String link(String url) {
        return "<a href=\"" + escape(url) + "\">" + escape(url) + "</a>";
    }

    static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
