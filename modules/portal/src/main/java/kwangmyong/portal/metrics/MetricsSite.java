package kwangmyong.portal.metrics;

import gg.jte.TemplateEngine;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import kwangmyong.kernel.service.Health;
import kwangmyong.web.http.ContentPolicy;
import kwangmyong.web.http.Reply;
import kwangmyong.web.http.Request;
import kwangmyong.web.http.Routes;
import kwangmyong.web.http.Site;
import kwangmyong.web.page.Assets;
import kwangmyong.web.page.Language;
import kwangmyong.web.page.Layout;
import kwangmyong.web.page.Layout.Frame;
import kwangmyong.web.page.Messages;
import kwangmyong.web.page.Messages.Texts;
import kwangmyong.web.server.WebRuntime;
import org.jspecify.annotations.Nullable;

/** The page of numbers, Prometheus' text, and whether the lab lives and is ready. */
final class MetricsSite implements Site, AutoCloseable {
    private static final Messages MESSAGES = Messages.load(MetricsSite.class, "metrics");
    private static final TemplateEngine TEMPLATES = Layout.precompiled("kwangmyong.portal", MetricsSite.class);
    private static final Assets ASSETS = Assets.shared().with("/assets/metrics.js", MetricsSite.class, "metrics.js");
    private static final String OPEN_METRICS = "application/openmetrics-text";

    private final String title;
    private final Vitals vitals;
    private final WebRuntime runtime;
    private final Routes routes;
    private @Nullable Exposition exposition;

    MetricsSite(String title, Vitals vitals, WebRuntime runtime) {
        this.title = title;
        this.vitals = vitals;
        this.runtime = runtime;
        this.routes = new Routes()
                .get("/", this::page)
                .get(
                        "/numbers.json",
                        request -> Reply.bytes(200, "application/json", json()).uncached())
                .get("/assets/metrics.js", ASSETS)
                .get("/health", request -> health(false))
                .get("/ready", request -> health(true))
                .getLater("/metrics", this::metrics);
    }

    @Override
    public CompletionStage<Reply> answer(Request request) {
        return routes.answer(request);
    }

    /** On a worker: the first time loads what it needs. */
    private CompletionStage<Reply> metrics(Request request) {
        String accept = String.valueOf(request.header("Accept"));
        boolean open = accept.contains(OPEN_METRICS);
        String type =
                open ? OPEN_METRICS + "; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8";
        return runtime.onWorker(
                () -> Reply.bytes(200, type, exposition().text(type).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .uncached());
    }

    private synchronized Exposition exposition() {
        Exposition there = exposition;
        if (there == null) {
            there = new Exposition(vitals);
            exposition = there;
        }
        return there;
    }

    private byte[] json() {
        return Overview.of(vitals).json().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    /** Who answers lives: 200. Whether it is ready is another question: 503 while any part does not listen. */
    private Reply health(boolean ready) {
        Map<String, Health> health = vitals.health();
        String parts = health.entrySet().stream()
                .map(part -> "\"" + part.getKey() + "\":" + json(part.getValue()))
                .collect(Collectors.joining(","));
        String json = "{\"status\":\"" + word(Vitals.worst(health)) + "\",\"parts\":{" + parts + "}}\n";
        return Reply.text(ready && !Vitals.isReady(health) ? 503 : 200, "application/json", json)
                .uncached();
    }

    private static String json(Health health) {
        String why = health.why();
        return "{\"status\":\"" + word(health.state()) + "\"" + (why == null ? "" : ",\"why\":\"" + escaped(why) + "\"")
                + "}";
    }

    private static String escaped(String text) {
        StringBuilder json = new StringBuilder();
        text.chars()
                .forEach(c -> json.append(
                        c == '"' || c == '\\' || c < ' ' ? String.format("\\u%04x", c) : Character.toString(c)));
        return json.toString();
    }

    private static String word(Health.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private Reply page(Request request) {
        Language language = Language.of(request, Language.ENGLISH);
        Texts texts = MESSAGES.in(language);
        Frame frame = new Frame(
                language,
                texts.get("title"),
                title,
                List.of(),
                "/?" + Language.FIELD + "=" + language.other().tag(),
                texts.get("foot"));
        Reply reply = Layout.page(frame, output -> {
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("t", texts);
            parameters.put("view", Overview.of(vitals));
            TEMPLATES.render("metrics/metrics.jte", parameters, output);
        });
        return Language.remember(request, reply.uncached().with(ContentPolicy.HEADER, ContentPolicy.OWN_SCRIPT));
    }

    @Override
    public synchronized void close() {
        if (exposition != null) {
            exposition.close();
            exposition = null;
        }
    }
}
