package kwangmyong.bench.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import kwangmyong.bench.result.Results;

/**
 * Results as one HTML file that fetches nothing: style and script are in it, and its content security policy allows those two and nothing else. It
 * reads without the script. Files of the run are linked relative to its folder.
 */
public final class ReportPage {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, ReportPage.class.getClassLoader(), "kwangmyong.bench.report");
    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");

    private ReportPage() {}

    /** The page. The same folder yields the same page, octet for octet; nothing in it tells when or where it was made. */
    public static String html(Results results) {
        StringOutput page = new StringOutput();
        TEMPLATES.render(
                "report.jte",
                Map.of("view", ReportView.of(results), "style", STYLE, "script", SCRIPT, "policy", policy()),
                new ShownOutput(page));
        return page.toString();
    }

    /** Content Security Policy Level 3, §2.3.1: hashes of the two inline elements. */
    private static String policy() {
        return "default-src 'none'; style-src '" + hash(STYLE) + "'; script-src '" + hash(SCRIPT)
                + "'; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String resource(String name) {
        try (InputStream stream = ReportPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing beside " + ReportPage.class.getName());
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
