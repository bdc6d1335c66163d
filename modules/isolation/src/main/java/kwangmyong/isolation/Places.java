package kwangmyong.isolation;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kwangmyong.isolation.PlaceNamespaces.Spec;
import kwangmyong.kernel.service.Service.StartException;

/** Every place of a lab, opened once; the provider's when somebody first wants to be there. */
final class Places implements AutoCloseable {
    private final IsolationConfig config;
    private final Map<Place, PlaceNamespaces> opened = new LinkedHashMap<>();
    private boolean closed;

    Places(IsolationConfig config) {
        this.config = config;
    }

    /** A place that is open, in the order of {@link #all}. */
    record Opened(Place place, PlaceNamespaces namespaces) {}

    List<Place> all() {
        List<Place> all = new ArrayList<>();
        config.terminals().forEach(terminal -> all.add(new Place.At(terminal.name())));
        all.add(Place.Common.PROVIDER);
        if (config.world() != null) {
            all.add(Place.Common.WORLD);
        }
        return all;
    }

    Path scratch(Place place) {
        return config.scratch().resolve(place.host());
    }

    /** Makes a place; several threads may make several at once. */
    PlaceNamespaces open(Place place) throws StartException {
        Spec spec = spec(place);
        try {
            Files.createDirectories(spec.scratch());
        } catch (IOException unwritable) {
            throw new StartException("the folder " + spec.scratch() + " cannot be made", unwritable);
        }
        PlaceNamespaces made = PlaceNamespaces.open(config, spec);
        synchronized (this) {
            if (closed) {
                made.close();
                throw new StartException("the lab goes down");
            }
            opened.put(place, made);
        }
        return made;
    }

    private Spec spec(Place place) {
        String resolver;
        List<InetAddress> own;
        if (place instanceof Place.At at) {
            Terminal terminal = config.terminals().stream()
                    .filter(one -> one.name().equals(at.name()))
                    .findFirst()
                    .orElseThrow();
            resolver = NetworkPlan.resolver(terminal.resolvers());
            own = terminal.addresses();
        } else if (place == Place.Common.WORLD && config.world() != null) {
            resolver = NetworkPlan.resolver(config.world().names());
            own = config.world().names();
        } else {
            resolver = NetworkPlan.resolver(config.resolvers());
            own = List.of();
        }
        return new Spec(
                place.host(),
                place != Place.Common.PROVIDER,
                resolver,
                NetworkPlan.hosts(place.host(), own),
                scratch(place));
    }

    /**
     * A place that there is.
     *
     * @throws IOException when there is no such place
     */
    PlaceNamespaces at(Place place) throws IOException, StartException {
        synchronized (this) {
            PlaceNamespaces known = opened.get(place);
            if (known != null) {
                return known;
            }
            if (place == Place.Common.PROVIDER && !closed) {
                return open(place);
            }
        }
        throw new IOException("there is no place " + place.host());
    }

    synchronized List<Opened> opened() {
        Set<Place> known = opened.keySet();
        return all().stream()
                .filter(known::contains)
                .map(place -> new Opened(place, java.util.Objects.requireNonNull(opened.get(place))))
                .toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
        opened.values().forEach(PlaceNamespaces::close);
        opened.clear();
    }
}
