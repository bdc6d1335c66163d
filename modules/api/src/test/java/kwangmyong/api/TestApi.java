package kwangmyong.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kwangmyong.access.AccessController;
import kwangmyong.access.account.AccountConfig;
import kwangmyong.access.api.LabControl;
import kwangmyong.access.api.LogBook;
import kwangmyong.access.api.PolicyDiff;
import kwangmyong.access.api.Scope;
import kwangmyong.access.api.Tokens;
import kwangmyong.access.config.AccessConfig;
import kwangmyong.access.journal.JournalConfig;
import kwangmyong.access.journal.JournalFile;
import kwangmyong.access.journal.JournalReader;
import kwangmyong.access.store.MemoryStore;
import kwangmyong.access.token.TokenLedger;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.policy.Captive;
import kwangmyong.kernel.policy.Denials;
import kwangmyong.kernel.policy.MailPolicy;
import kwangmyong.kernel.policy.NamePattern;
import kwangmyong.kernel.policy.Policy;
import kwangmyong.kernel.policy.Rule;
import kwangmyong.kernel.policy.Subject;
import kwangmyong.kernel.session.AskerSeal;
import kwangmyong.mail.api.HeldMail;
import kwangmyong.testkit.SettableClock;
import kwangmyong.web.server.HostKeys;
import kwangmyong.web.server.Hosts;
import kwangmyong.web.server.WebRuntime;
import kwangmyong.web.server.WebServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The API on a free port over a real access controller and journal: a campus seat, a café, one rule. */
final class TestApi implements AutoCloseable {
    static final Duration WAIT = Duration.ofSeconds(20);
    private static final Lattice LATTICE =
            new Lattice(List.of("resident", "cleared"), List.of("library", "news", "world"));

    final SettableClock clock = new SettableClock();
    final List<String> outOfScope = new ArrayList<>();
    final JournalFile journal;
    final AccessController access;
    final TokenLedger tokens;
    volatile Set<Scope> scopes = Scope.all();
    volatile Instant time = Instant.parse("2026-03-01T09:00:00Z");
    private final WebRuntime runtime = new WebRuntime(clock);
    private final ApiSite site;
    private final WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    TestApi(Path folder) throws Exception {
        this(folder, ApiConfig.Limits.DEFAULT, List.of());
    }

    TestApi(Path folder, ApiConfig.Limits limits, List<AddressRange> from) throws Exception {
        JournalConfig written = JournalConfig.under(folder);
        journal = JournalFile.open(written, () -> LATTICE, clock);
        var store = new MemoryStore();
        access = new AccessController(
                policy(),
                AccessConfig.of(
                        List.of(AccountConfig.demonstration("academic")),
                        List.of(AccountConfig.demonstration("operator"))),
                clock,
                journal,
                store);
        access.start();
        tokens = new TokenLedger(
                store, operator -> operator.equals("operator") ? scopes : Set.of(), () -> time, clock, journal);
        AddressPlan plan = AddressPlan.loopback(0, List.of(AddressRange.parse("10.0.0.0/8")));
        site = new ApiSite(
                new ApiConfig(true, from, Set.of(), limits),
                new ApiPorts(
                        access.operations(),
                        new JournalReader(written),
                        new Control(),
                        tokens,
                        operator -> operator.equals("operator") ? scopes : Set.of(),
                        LogBook.NONE,
                        HeldMail.NONE,
                        null,
                        plan,
                        AskerSeal.withFreshKey(),
                        terminal -> access.snapshot().attachmentOf(terminal) != null,
                        access.journal(),
                        clock,
                        ZoneId.of("Asia/Pyongyang")));
        server = WebServer.open(
                "The API",
                runtime,
                AddressPlan.loopback(0, List.of()),
                List.of(new WebServer.Binding(
                        new InetSocketAddress(Addresses.parse("10.76.0.1"), 0), false, Hosts.all(site))),
                HostKeys.NONE);
    }

    private static Policy policy() {
        return new Policy(
                LATTICE,
                List.of(
                        new Subject(
                                "academic",
                                "교원",
                                LATTICE.clearance("cleared + library + news"),
                                Set.of(Addresses.parse("10.76.20.11")),
                                null),
                        new Subject("delegate", "a visitor", LATTICE.clearance("resident"), Set.of(), null)),
                List.of(
                        attachment("campus", Attachment.LogIn.SEAT, "10.76.20.0/24"),
                        attachment("cafe", Attachment.LogIn.PORTAL, "10.76.10.0/24")),
                List.of(new Rule(
                        "reading",
                        Rule.Effect.ALLOW,
                        List.of(new NamePattern("namsan.aca.kp")),
                        LATTICE.classification("cleared + library"),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        null,
                        false,
                        null)),
                new MailPolicy(LATTICE.classification("cleared"), Set.of(), MailPolicy.Writing.OPEN, Set.of()),
                new Captive("portal.kp", Set.of(), List.of(Addresses.parse("10.76.0.1"))),
                Denials.DEFAULT,
                List.of(),
                true);
    }

    private static Attachment attachment(String name, Attachment.LogIn logIn, String range) {
        return new Attachment(name, List.of(AddressRange.parse(range)), LATTICE.ceiling("cleared"), logIn, null);
    }

    /** A token for all that {@code words} name. */
    String token(String words) {
        return tokens.issue(new Tokens.Request("operator", Scope.parse(words), Duration.ofHours(1), "", "operator"))
                .toCompletableFuture()
                .join()
                .token();
    }

    InetSocketAddress socket() {
        return server.listeners().get(0).socket();
    }

    URI uri(String path) {
        InetSocketAddress socket = socket();
        return URI.create("http://" + socket.getAddress().getHostAddress() + ":" + socket.getPort() + path);
    }

    /** A request whose header fields are given in pairs. */
    HttpResponse<String> send(String method, String path, String body, String... fields)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(Api.BASE + path))
                .timeout(WAIT)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < fields.length; i += 2) {
            request.header(fields[i], fields[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String token, String path, String... fields) throws IOException, InterruptedException {
        return as(token, "GET", path, "", fields);
    }

    /** With a token and, where there is a body, its type. */
    HttpResponse<String> as(String token, String method, String path, String body, String... fields)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(fields));
        all.addAll(List.of("Authorization", "Bearer " + token));
        if (!body.isEmpty() && !all.contains("Content-Type")) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        return send(method, path, body, all.toArray(String[]::new));
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.MAPPER.readTree(response.body());
    }

    @Override
    public void close() throws IOException {
        site.close();
        server.close();
        runtime.close();
        tokens.close();
        access.stop();
        journal.close();
    }

    /** A lab of one part whose clock may be moved. */
    private final class Control implements LabControl {
        @Override
        public List<Part> parts() {
            return List.of(new Part("lab", "test"));
        }

        @Override
        public Reloaded reload(String by) {
            return new Reloaded(false, List.of("lab.yaml:3:5: no such key 'atachments'"));
        }

        @Override
        public PolicyDiff compare(@Nullable String name) {
            return new PolicyDiff("0", "0", 12, List.of());
        }

        @Override
        public void moveClock(Instant target, String by) {
            clock.set(target);
        }

        @Override
        public void outOfScope(String by, String what, Scope needed) {
            outOfScope.add(by + " " + what + " " + needed.word());
        }
    }
}
