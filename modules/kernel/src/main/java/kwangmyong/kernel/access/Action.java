package kwangmyong.kernel.access;

import java.util.Locale;

/** What is asked for. Every action reads, except {@link #SEND}, which writes. */
public enum Action {
    /** To have a name turned into data. */
    RESOLVE,
    /** To have a zone handed over whole. */
    TRANSFER,
    /** To fetch or submit a page. */
    FETCH,
    /** To have bytes carried to and fro unread (CONNECT). */
    TUNNEL,
    /** To exchange packets with an address of the world. */
    FLOW,
    /** To write to a mailbox. */
    SEND,
    /** To read a mailbox. */
    READ,
    /** To name oneself to a service. */
    LOG_IN;

    /** The journal's word: {@code resolve}, {@code log-in}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
