package kwangmyong.dns;

import kwangmyong.dns.zone.CanonicalName;
import kwangmyong.dns.zone.Node;
import kwangmyong.dns.zone.RecordSet;
import kwangmyong.dns.zone.RecordType;
import kwangmyong.dns.zone.Zone;
import kwangmyong.dns.zone.ZoneSet;
import org.jspecify.annotations.Nullable;

/**
 * One pass of the algorithm of RFC 1034 §4.3.2 over the zones, for one name: what is there, or where to go on. Following aliases is the
 * caller's, who must be allowed each of them. One is used over and over; not for more than one thread.
 */
final class Lookup {
    /** What was found. */
    enum Kind {
        /** No zone here encloses the name. */
        OUTSIDE,
        /** The name lies at or below a zone cut, at {@link #node}. */
        REFERRAL,
        /** {@link #set} is what was asked for. */
        FOUND,
        /** Anything was asked for, and {@link #node} has something. */
        ANYTHING,
        /** The name is an alias; {@link #set} is its CNAME. */
        ALIAS,
        /** An ancestor of the name, {@link #node}, is renamed; {@link #set} is its DNAME. */
        RENAMED,
        /** The name exists, without the type asked for. */
        NO_DATA,
        NO_NAME
    }

    private Kind kind = Kind.OUTSIDE;
    private @Nullable Zone zone;
    private @Nullable Node node;
    private @Nullable RecordSet set;
    private @Nullable Node encloser;
    private boolean exact;

    /** Looks {@code name} up; the answer is in the accessors until the next call. */
    Kind find(ZoneSet zones, CanonicalName name, int type) {
        node = null;
        set = null;
        encloser = null;
        exact = false;
        zone = zoneFor(zones, name, type);
        kind = zone == null ? Kind.OUTSIDE : within(zone, name, type);
        return kind;
    }

    /** A DS record belongs to the parent's side of a cut (RFC 4035 §3.1.4.1), if this server has that side. */
    private static @Nullable Zone zoneFor(ZoneSet zones, CanonicalName name, int type) {
        Zone deepest = zones.enclosing(name, 0);
        if (type == RecordType.DS && deepest != null && deepest.apex().labels() == name.labels() && name.labels() > 0) {
            Zone parent = zones.enclosing(name, 1);
            return parent == null ? deepest : parent;
        }
        return deepest;
    }

    private Kind within(Zone here, CanonicalName name, int type) {
        Node closest = here.closest(name);
        encloser = closest;
        exact = closest.labels() == name.labels();
        Node occluder = closest.occluder();
        if (occluder != null) {
            return hidden(occluder);
        }
        if (closest.isCut() && !(exact && type == RecordType.DS)) {
            return hidden(closest);
        }
        if (exact) {
            return at(closest, type);
        }
        RecordSet rename = closest.find(RecordType.DNAME);
        if (rename != null) {
            return hidden(closest);
        }
        Node wildcard = closest.wildcard();
        return wildcard == null ? Kind.NO_NAME : at(wildcard, type);
    }

    private Kind hidden(Node by) {
        node = by;
        if (by.isCut()) {
            set = by.find(RecordType.NS);
            return Kind.REFERRAL;
        }
        set = by.find(RecordType.DNAME);
        return Kind.RENAMED;
    }

    /** The name's own records, or those of the wildcard that stands for it (RFC 4592 §3.3.1). */
    private Kind at(Node source, int type) {
        node = source;
        if (type == RecordType.ANY) {
            return source.setCount() == 0 ? Kind.NO_DATA : Kind.ANYTHING;
        }
        set = source.find(type);
        if (set != null) {
            return Kind.FOUND;
        }
        // NSEC3 belongs to no name, and so not to an alias's target either.
        set = type == RecordType.NSEC3 ? null : source.find(RecordType.CNAME);
        return set == null ? Kind.NO_DATA : Kind.ALIAS;
    }

    /** The zone that encloses the name; null when {@link Kind#OUTSIDE}. */
    @Nullable
    Zone zone() {
        return zone;
    }

    /** See {@link Kind}; a wildcard's node where the name was synthesised. */
    @Nullable
    Node node() {
        return node;
    }

    @Nullable
    RecordSet set() {
        return set;
    }

    /** The name itself where it exists, else its closest ancestor that does; null when {@link Kind#OUTSIDE}. */
    @Nullable
    Node encloser() {
        return encloser;
    }

    /** Whether the name exists by itself, rather than by a wildcard or not at all. */
    boolean isExact() {
        return exact;
    }
}
