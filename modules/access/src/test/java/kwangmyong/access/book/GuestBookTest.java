package kwangmyong.access.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kwangmyong.access.api.Bill;
import kwangmyong.access.api.Visited;
import kwangmyong.access.journal.JournalConfig;
import kwangmyong.access.journal.JournalFile;
import kwangmyong.access.journal.JournalReader;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Layer;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.access.Reason;
import kwangmyong.kernel.access.Resource;
import kwangmyong.kernel.clearance.Ceiling;
import kwangmyong.kernel.clearance.Lattice;
import kwangmyong.kernel.journal.Event;
import kwangmyong.kernel.journal.Journal;
import kwangmyong.kernel.place.AddressRange;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.place.Attachment;
import kwangmyong.kernel.place.Tariff;
import kwangmyong.kernel.session.Identity;
import kwangmyong.kernel.session.Session;
import kwangmyong.testkit.RecordingJournal;
import kwangmyong.testkit.ScriptedPolicy;
import kwangmyong.testkit.SettableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestBookTest {
    private static final String TERMINAL = "10.76.10.11";

    private final SettableClock clock = new SettableClock();
    private final Attachment cafe = new Attachment(
            "cafe",
            List.of(AddressRange.parse("10.76.10.0/24")),
            new Ceiling(1, Ceiling.EVERY_COMPARTMENT),
            Attachment.LogIn.PORTAL,
            new Tariff(new BigDecimal("8.19")));

    @TempDir
    Path folder;

    private Identity guest(Duration lasting, Session.Origin origin) {
        Instant since = clock.now();
        Session session =
                new Session("s-" + origin, "resident", Addresses.parse(TERMINAL), since, since.plus(lasting), origin);
        return new Identity(session.terminal(), cafe, session);
    }

    private Event event(Identity who, Layer layer, String action) {
        return new Event(clock.now(), layer, who, action, "portal", null, null, 0);
    }

    private JournalFile journal() throws IOException {
        Lattice lattice = new Lattice(List.of("resident"), List.of());
        return JournalFile.open(JournalConfig.under(folder), () -> lattice, clock);
    }

    private JournalReader reader() {
        return new JournalReader(JournalConfig.under(folder));
    }

    @Test
    void aBillIsOnDiskBeforeALogOutIsAcknowledgedAndReadsBackAsItWas() throws IOException {
        Instant start = clock.now();
        Identity guest = guest(Duration.ofHours(12), Session.Origin.PORTAL);
        Bill shown;
        try (JournalFile journal = journal()) {
            GuestBook book = new GuestBook(journal, reader(), clock);
            clock.advance(Duration.ofMinutes(90));
            book.force(event(guest, Layer.PORTAL, "log-out"))
                    .toCompletableFuture()
                    .join();
            shown = book.lastAt(TERMINAL).orElseThrow();
            assertThat(book.bills(start, clock.now().plusMillis(1), 10)).containsExactly(shown);
        }
        assertThat(shown.end()).isEqualTo(Bill.End.LOGGED_OUT);
        assertThat(shown.minutes()).isEqualTo(90);
        assertThat(shown.usd()).isEqualTo("12.29");

        GuestBook afterwards = new GuestBook(new RecordingJournal(), reader(), clock);
        assertThat(afterwards.lastAt(TERMINAL)).isEmpty();
        afterwards.recall();
        assertThat(afterwards.lastAt(TERMINAL)).contains(shown);
        clock.advance(Duration.ofDays(1));
        assertThat(afterwards.lastAt(TERMINAL)).as("a day later").isEmpty();
        assertThat(afterwards.bills(start, start, 10)).isEmpty();
    }

    @Test
    void minutesAreUsedUpWhenTheyEndNotWhenThatIsNoticed() {
        RecordingJournal journal = new RecordingJournal();
        GuestBook book = new GuestBook(journal, reader(), clock);
        Identity guest = guest(Duration.ofMinutes(30), Session.Origin.PORTAL);
        clock.advance(Duration.ofHours(5));
        book.record(event(guest, Layer.PORTAL, "expire"));
        Bill bill = book.lastAt(TERMINAL).orElseThrow();
        assertThat(bill.end()).isEqualTo(Bill.End.USED_UP);
        assertThat(bill.minutes()).isEqualTo(30);
        assertThat(journal.events()).extracting(Event::action).containsExactly("expire", "bill");
        assertThat(journal.events().get(1).detail()).contains("minutes=30 usd_per_hour=8.19 usd=4.10");
    }

    @Test
    void anOperatorsEndIsToldFromTheGuestsOwn() {
        GuestBook book = new GuestBook(new RecordingJournal(), reader(), clock);
        book.force(event(guest(Duration.ofHours(1), Session.Origin.PORTAL), Layer.CONSOLE, "log-out"));
        assertThat(book.lastAt(TERMINAL)).map(Bill::end).contains(Bill.End.ENDED);
        book.record(event(guest(Duration.ofHours(1), Session.Origin.PORTAL), Layer.CONSOLE, "end"));
        assertThat(book.lastAt(TERMINAL)).map(Bill::end).contains(Bill.End.ENDED);
        clock.advance(Duration.ofMinutes(1));
        book.record(event(guest(Duration.ofHours(1), Session.Origin.PORTAL), Layer.PORTAL, "end"));
        assertThat(book.lastAt(TERMINAL)).map(Bill::end).contains(Bill.End.RULES);
    }

    @Test
    void whoLogsInAgainPaysForBoth() {
        RecordingJournal journal = new RecordingJournal();
        GuestBook book = new GuestBook(journal, reader(), clock);
        Identity guest = guest(Duration.ofHours(1), Session.Origin.PORTAL);
        clock.advance(Duration.ofMinutes(30));
        book.force(event(guest, Layer.PORTAL, "replace"));
        assertThat(book.lastAt(TERMINAL).orElseThrow().usd()).isEqualTo("4.10");
        assertThat(journal.events().get(1).detail()).contains("end=replaced");
    }

    @Test
    void seatsAndLogInsHaveNoBill() {
        RecordingJournal journal = new RecordingJournal();
        GuestBook book = new GuestBook(journal, reader(), clock);
        book.force(event(guest(Duration.ofHours(1), Session.Origin.SEAT), Layer.PORTAL, "log-out"));
        book.force(event(guest(Duration.ofHours(1), Session.Origin.PORTAL), Layer.PORTAL, "log-in"));
        book.record(event(new Identity(Addresses.parse(TERMINAL), cafe, null), Layer.PORTAL, "log-out"));
        book.record(event(guest(Duration.ofHours(1), Session.Origin.PORTAL), Layer.DNS, "expire"));
        assertThat(journal.events()).extracting(Event::action).doesNotContain("bill");
        assertThat(book.lastAt(TERMINAL)).isEmpty();
    }

    @Test
    void whatWasNotForcedIsNoBill() {
        Journal full = new Journal() {
            @Override
            public void record(Event event) {
                // only force is asked here
            }

            @Override
            public CompletionStage<Void> force(Event event) {
                return CompletableFuture.failedFuture(new IOException("no room"));
            }
        };
        GuestBook book = new GuestBook(full, reader(), clock);
        CompletionStage<Void> forced =
                book.force(event(guest(Duration.ofHours(1), Session.Origin.PORTAL), Layer.PORTAL, "log-out"));
        assertThat(forced.toCompletableFuture()).isCompletedExceptionally();
        assertThat(book.lastAt(TERMINAL)).isEmpty();
    }

    @Test
    void tellsWhereSomebodyHasBeenInEveryLayer() throws IOException {
        Instant start = clock.now();
        Identity guest = guest(Duration.ofHours(1), Session.Origin.PORTAL);
        try (JournalFile journal = journal()) {
            GuestBook book = new GuestBook(journal, reader(), clock);
            decided(book, guest, Layer.DNS, Action.RESOLVE, new Resource.Name("dailynk.com", "A"), Reason.NO_RULE);
            decided(book, guest, Layer.DNS, Action.RESOLVE, new Resource.Name("naenara.com.kp", "A"), null);
            clock.advance(Duration.ofSeconds(1));
            decided(
                    book,
                    guest,
                    Layer.GATEWAY,
                    Action.FETCH,
                    new Resource.Page("GET", "http", "naenara.com.kp", 8_080, "/<script>?a=b"),
                    null);
            decided(book, guest, Layer.GATEWAY, Action.TUNNEL, new Resource.Endpoint("2001:db8::1", 443), Reason.PORT);
            Instant end = clock.now();
            clock.advance(Duration.ofSeconds(1));
            decided(book, guest, Layer.DNS, Action.RESOLVE, new Resource.Name("later.kp", "A"), null);
            journal.force(event(guest, Layer.PORTAL, "log-out"))
                    .toCompletableFuture()
                    .join();
            assertThat(book.visits(TERMINAL, start, end, 10))
                    .containsExactly(
                            new Visited("2001:db8::1:443", 0, 1, end),
                            new Visited("naenara.com.kp", 2, 0, end),
                            new Visited("dailynk.com", 0, 1, start));
            assertThat(book.visits(TERMINAL, start, end, 1)).hasSize(1);
            assertThat(book.visits("10.76.10.12", start, end, 10)).isEmpty();
        }
    }

    private void decided(
            Journal book, Identity who, Layer layer, Action action, Resource resource, @Nullable Reason denied) {
        var decision = denied == null
                ? ScriptedPolicy.allow("some-rule")
                : ScriptedPolicy.deny(denied, Presentation.Http.BLOCK_PAGE);
        book.record(new Event(clock.now(), layer, who, action.word(), resource, decision, null, 0));
    }
}
