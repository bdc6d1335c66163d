package kwangmyong.dns;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import kwangmyong.dns.message.Query;
import kwangmyong.dns.message.ResponseCode;
import kwangmyong.dns.message.ResponseWriter;
import kwangmyong.dns.message.Section;
import kwangmyong.dns.tsig.TsigExchange;
import kwangmyong.dns.zone.DomainName;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Serial;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneDifference;
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
    private static final int CLASS_ANY = 255;

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
    private @Nullable List<ZoneDifference> steps;
    private final TransferConfig transfers;
    private @Nullable TsigExchange signing;
    private byte @Nullable [] signed;

    DnsEngine(DnsConfig config, ServerCookies cookies) {
        this.edns = new EdnsExchange(config, cookies);
        this.limits = config.limits();
        this.transfers = config.transfers();
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
        steps = null;
        signing = null;
        signed = null;
        Query.Outcome read = query.read(message, count);
        if (read == Query.Outcome.DROP) {
            return Outcome.SILENCE;
        }
        TsigExchange.Received signature = null;
        if ((read == Query.Outcome.QUERY || read == Query.Outcome.NOTIFY) && query.signatureAt() >= 0) {
            signature = transfers.keys().receive(message, count, query.signatureAt(), now());
            if (signature == null) {
                read = Query.Outcome.MALFORMED;
            }
        }
        signing = signature == null ? null : signature.exchange();
        writer.begin(query, room(asker.carrier()));
        if (signature != null && signature.error() != 0) {
            return refuse(signature, asker);
        }
        if (signing != null && signing.key().subject() != null) {
            asker.decider().speaksFor(signing.key().subject(), signing.key().name());
        }
        int fault = edns.exchange(query, writer, asker);
        return switch (read) {
            case MALFORMED -> end(ResponseCode.FORMERR);
            case OTHER_OPERATION -> end(ResponseCode.NOTIMP);
            case NOTIFY -> notified(asker);
            case COOKIE_ALONE -> end(query.ednsVersion() == 0 ? ResponseCode.NOERROR : ResponseCode.BADVERS);
            default -> fault == ResponseCode.NOERROR ? answer(zones, asker) : end(fault);
        };
    }

    private Outcome answer(ZoneSet zones, Asker asker) {
        if (query.dnsClass() == CLASS_ANY) {
            return query.type() == RecordType.AXFR || query.type() == RecordType.IXFR
                    ? end(ResponseCode.REFUSED)
                    : resolve(zones, asker); // IN is the only class with zones here
        }
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
     * Zone transfer (RFC 5936) of a zone that may be had. An incremental one (RFC 1995) over UDP gets the SOA alone, which sends the client to
     * TCP, as §2 of it permits.
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
            return query.type() == RecordType.IXFR ? incremental(zones, zone) : whole(zone);
        }
        if (query.type() == RecordType.AXFR) {
            return end(ResponseCode.NOTIMP); // RFC 5936 §4.2: not defined over UDP
        }
        writer.authoritative();
        writer.add(Section.ANSWER, null, zone.soa(), zone.soa().ttl());
        return end(ResponseCode.NOERROR);
    }

    /** RFC 1996 §3.10: heard from a zone's primary alone, and where the two share a key, signed by it. */
    private Outcome notified(Asker asker) {
        if (transfers.secondaries().isEmpty()) {
            return end(ResponseCode.NOTIMP);
        }
        String name = DomainName.text(query.name().octets(), 0);
        String signedBy = signing == null ? null : signing.key().name();
        boolean isPrimary = transfers.secondaries().stream()
                .anyMatch(secondary -> secondary.zone().equals(name)
                        && secondary.primary().getAddress().equals(asker.address())
                        && (secondary.key() == null || secondary.key().equals(signedBy)));
        asker.decider().note("notified", name, isPrimary ? "by its primary" : "refused: not by its primary");
        if (!isPrimary) {
            return end(ResponseCode.REFUSED);
        }
        asker.decider().wake(name);
        writer.authoritative();
        return end(ResponseCode.NOERROR);
    }

    private Outcome whole(Zone zone) {
        transferred = zone;
        return Outcome.TRANSFER;
    }

    /** What changed since the client's version where that is known, the SOA alone where it has the newest, else the whole zone (RFC 1995 §4). */
    private Outcome incremental(ZoneSet zones, Zone zone) {
        long theirs = query.soaSerial();
        if (theirs >= 0 && !Serial.isAfter(Serial.of(zone), theirs)) {
            writer.authoritative();
            writer.add(Section.ANSWER, null, zone.soa(), zone.soa().ttl());
            return end(ResponseCode.NOERROR);
        }
        List<ZoneDifference> history = zones.history(zone);
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).from() == theirs) {
                steps = history.subList(i, history.size());
            }
        }
        return whole(zone);
    }

    private Outcome end(int code) {
        length = writer.finish(code);
        if (signing != null) {
            signed = signing.sign(writer.message(), length, now());
            length = signed.length;
        }
        return Outcome.ANSWER;
    }

    /** The answer to a signature that does not hold, RFC 8945 §5.2: the code says who may not, the record why. */
    private Outcome refuse(TsigExchange.Received signature, Asker asker) {
        asker.decider().note("tsig", signature.keyName(), TsigExchange.word(signature.error()));
        length = writer.finish(ResponseCode.NOTAUTH);
        signed = signature.refusal(writer.message(), length, now());
        length = signed.length;
        return Outcome.ANSWER;
    }

    private Instant now() {
        return transfers.machineTime().instant();
    }

    /** Octets that the response may take, its signature not counted. */
    private int room(Carrier carrier) {
        int whole = carrier.isStream() ? ResponseWriter.MAX_MESSAGE : Math.min(query.payload(), limits.udpPayload());
        return signing == null ? whole : whole - signing.overhead();
    }

    /** The response's octets, {@link #length} of them. */
    byte[] response() {
        return signed == null ? writer.message() : signed;
    }

    int length() {
        return length;
    }

    /** The transfer that was allowed. */
    ZoneTransfer transferred() {
        Zone zone = Objects.requireNonNull(transferred, "no transfer was allowed");
        return new ZoneTransfer(zone, steps, query, signing, transfers.machineTime());
    }
}
