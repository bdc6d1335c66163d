package kwangmyong.dns;

import java.util.Objects;
import kwangmyong.dns.message.Query;
import kwangmyong.dns.message.ResponseCode;
import kwangmyong.dns.message.ResponseWriter;
import kwangmyong.dns.message.Section;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneSet;
import kwangmyong.kernel.access.Action;
import kwangmyong.kernel.access.Decision;
import kwangmyong.kernel.access.Presentation;
import org.jspecify.annotations.Nullable;

/**
 * Turns a query into a response: octets in, octets out, no socket, no clock, no log. One belongs to one thread, which uses it for query
 * after query; the response stands in {@link #response} until the next.
 */
final class DnsEngine {
    private static final int CLASS_IN = 1;

    /** What is to be done with the query. */
    enum Outcome {
        /** Send {@link #response}. */
        ANSWER,
        /** Send nothing. */
        SILENCE,
        /** Send the zone of {@link #transferred}, whole. */
        TRANSFER
    }

    private final DnsConfig.Limits limits;
    private final EdnsExchange edns;
    private final Chaos chaos;
    private final Query query = new Query();
    private final ResponseWriter writer;
    private final Resolution resolution;
    private final Rendering rendering;
    private int length;
    private @Nullable Zone transferred;

    DnsEngine(DnsConfig config, ServerCookies cookies) {
        this.edns = new EdnsExchange(config, cookies);
        this.limits = config.limits();
        this.chaos = new Chaos(config.nsid());
        this.writer = new ResponseWriter(limits.udpPayload());
        this.resolution = new Resolution(query, writer);
        this.rendering = new Rendering(query, writer, resolution, config.sinkholeTtl());
    }

    /**
     * Answers one message.
     *
     * @param message its octets, not changed and not kept
     */
    Outcome answer(ZoneSet zones, byte[] message, int count, Asker asker) {
        length = 0;
        transferred = null;
        Query.Outcome read = query.read(message, count);
        if (read == Query.Outcome.DROP) {
            return Outcome.SILENCE;
        }
        boolean stream = asker.carrier().isStream();
        writer.begin(query, stream ? ResponseWriter.MAX_MESSAGE : Math.min(query.payload(), limits.udpPayload()));
        int fault = edns.exchange(query, writer, asker);
        return switch (read) {
            case MALFORMED -> end(ResponseCode.FORMERR);
            case OTHER_OPERATION -> end(ResponseCode.NOTIMP);
            case COOKIE_ALONE -> end(query.ednsVersion() == 0 ? ResponseCode.NOERROR : ResponseCode.BADVERS);
            default -> fault == ResponseCode.NOERROR ? answer(zones, asker) : end(fault);
        };
    }

    private Outcome answer(ZoneSet zones, Asker asker) {
        if (query.dnsClass() != CLASS_IN) {
            return end(chaos.answer(query, writer));
        }
        return switch (query.type()) {
            case RecordType.AXFR, RecordType.IXFR -> transfer(zones, asker);
            case RecordType.NXNAME -> {
                writer.extendedError(ExtendedError.INVALID_QUERY_TYPE, ""); // RFC 9824 §3.5
                yield end(ResponseCode.FORMERR);
            }
            case RecordType.MAILA, RecordType.MAILB, RecordType.OPT -> end(ResponseCode.NOTIMP);
            default -> resolve(zones, asker);
        };
    }

    private Outcome resolve(ZoneSet zones, Asker asker) {
        Decision denial = resolution.resolve(zones, asker.carrier().isStream(), asker.decider());
        if (denial == null) {
            return end(resolution.code());
        }
        return rendering.show(denial, zones, asker) ? end(rendering.code()) : Outcome.SILENCE;
    }

    /**
     * Zone transfer (RFC 5936) of a zone that may be had. An incremental one (RFC 1995) gets the whole zone over TCP, as §4 of it
     * permits, and over UDP the SOA alone, which sends the client to TCP.
     */
    private Outcome transfer(ZoneSet zones, Asker asker) {
        String name = DomainName.text(query.name().octets(), 0);
        Decision decision = asker.decider().decide(Action.TRANSFER, name, RecordType.word(query.type()));
        if (!decision.isAllowed()) {
            if (decision.presentation() == Presentation.Dns.SILENCE) {
                return Outcome.SILENCE;
            }
            writer.extendedError(ExtendedError.of(decision.reason()), decision.rule());
            return end(ResponseCode.REFUSED);
        }
        Zone zone = zones.enclosing(query.name(), 0);
        if (zone == null || zone.apex().labels() != query.name().labels()) {
            return end(ResponseCode.NOTAUTH);
        }
        if (asker.carrier().carriesTransfers()) {
            if (Signatures.isUnfinished(zone)) {
                writer.extendedError(ExtendedError.NOT_READY, "signing");
                return end(ResponseCode.SERVFAIL);
            }
            transferred = zone;
            return Outcome.TRANSFER;
        }
        if (query.type() == RecordType.AXFR) {
            return end(ResponseCode.NOTIMP); // RFC 5936 §4.2: not defined over UDP
        }
        writer.authoritative();
        writer.add(Section.ANSWER, null, zone.soa(), zone.soa().ttl());
        return end(ResponseCode.NOERROR);
    }

    private Outcome end(int code) {
        length = writer.finish(code);
        return Outcome.ANSWER;
    }

    /** The response's octets, {@link #length} of them. */
    byte[] response() {
        return writer.message();
    }

    int length() {
        return length;
    }

    /** The transfer that was allowed. */
    ZoneTransfer transferred() {
        return new ZoneTransfer(Objects.requireNonNull(transferred, "no transfer was allowed"), query);
    }
}
