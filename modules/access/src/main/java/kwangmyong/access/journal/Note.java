package kwangmyong.access.journal;

import java.time.Instant;

/** What the journal says of itself, under the service {@code journal}. */
record Note(Instant time, String action, String resource, String detail) {
    static final String SERVICE = "journal";
}
