package kwangmyong.api;

import java.util.List;
import kwangmyong.access.api.Scope;

/** The table as a page for people, whole in itself: no script, no file beside the host's stylesheet. */
final class ReferencePage {
    private ReferencePage() {}

    static String of(List<Endpoint> table) {
        var page = new StringBuilder();
        page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<title>The API</title><link rel=\"stylesheet\" href=\"/assets/kwm.css\"></head><body><main>\n")
                .append("<h1>The API</h1>\n<p>What an operator does at the console, for programs. ")
                .append("Every path is below <code>" + Api.BASE + "</code>. ")
                .append(
                        "Send a token: <code>Authorization: Bearer kwm_…</code>; the command <code>token</code> makes one. ")
                .append("The same for machines: <a href=\"" + Api.BASE
                        + "/openapi.json\">openapi.json</a> (OpenAPI 3.1).</p>\n");
        page.append(
                "<h2>Endpoints</h2>\n<table><thead><tr><th>Request</th><th>Scope</th><th>Command</th><th>What</th></tr></thead><tbody>\n");
        for (Endpoint endpoint : table) {
            page.append("<tr id=\"").append(endpoint.id()).append("\"><td><code>");
            page.append(endpoint.method())
                    .append(' ')
                    .append(escaped(endpoint.path()))
                    .append("</code></td><td>");
            page.append(endpoint.scope().word()).append("</td><td>");
            page.append(endpoint.command() == null ? "" : escaped(endpoint.command()))
                    .append("</td><td>");
            page.append(escaped(endpoint.summary()))
                    .append(parameters(endpoint))
                    .append("</td></tr>\n");
        }
        page.append("</tbody></table>\n<h2>Scopes</h2>\n<dl>\n");
        for (Scope scope : Scope.values()) {
            page.append("<dt><code>").append(scope.word()).append("</code></dt><dd>");
            page.append(escaped(scope.meaning())).append("</dd>\n");
        }
        page.append(
                "</dl>\n<h2>Problems</h2>\n<p>Told as <code>" + Problem.MEDIA_TYPE + "</code> (RFC 9457).</p>\n<dl>\n");
        for (Problem.Kind kind : Problem.Kind.values()) {
            page.append("<dt id=\"problem-")
                    .append(kind.word())
                    .append("\">")
                    .append(kind.status())
                    .append(" <code>");
            page.append(kind.word())
                    .append("</code></dt><dd>")
                    .append(escaped(kind.title()))
                    .append(". ");
            page.append(escaped(kind.meaning())).append("</dd>\n");
        }
        return page.append("</dl>\n</main></body></html>\n").toString();
    }

    private static String parameters(Endpoint endpoint) {
        var list = new StringBuilder();
        for (Parameter parameter : endpoint.parameters()) {
            if (parameter.place() != Parameter.Place.PATH) {
                list.append("<br><code>").append(escaped(parameter.name())).append("</code> ");
                list.append(escaped(parameter.about()));
            }
        }
        return list.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
