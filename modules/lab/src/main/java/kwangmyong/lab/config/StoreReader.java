package kwangmyong.lab.config;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kwangmyong.access.store.StoreConfig;
import kwangmyong.border.api.Quantities;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.lab.config.LabDeclaration.ControllerSection;
import kwangmyong.lab.config.LabDeclaration.ControllerSection.WhenAway;
import kwangmyong.lab.config.LabDeclaration.StoreSection;

/** Reads {@code store}: where what happens at run time is kept; and {@code controller}: where services of their own ask. */
final class StoreReader {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int USUAL_PORT = 7600;

    private StoreReader() {}

    /** {@code store: jdbc:postgresql://db/lab}, or a map with that as its {@code url}. */
    static StoreSection store(Section root, Path file) {
        Section store = root.section("store");
        Optional<Value> url = root.value("store").or(() -> store.value("url"));
        return new StoreSection(
                url.flatMap(StoreReader::server).orElse(null),
                store.value("user").map(Value::text).orElse(null),
                store.value("password_file")
                        .flatMap(value -> passwordFile(value, file))
                        .orElse(null),
                patience(store));
    }

    private static Optional<String> server(Value url) {
        if (!url.text().startsWith(StoreConfig.POSTGRESQL)) {
            url.refuse("is no database that a lab can use (expected: " + StoreConfig.POSTGRESQL + "//HOST/DATABASE)");
            return Optional.empty();
        } else if (url.text().matches("(?i).*[?&]password=.*")) {
            url.fault("passwords are never written here: use password_file, or the environment's KWM_STORE_PASSWORD");
            return Optional.empty();
        }
        return Optional.of(url.text());
    }

    private static Optional<Path> passwordFile(Value value, Path file) {
        Path named = file.resolveSibling(value.text());
        if (!Files.isReadable(named)) {
            value.refuse("is no file that can be read");
            return Optional.empty();
        }
        return Optional.of(named);
    }

    private static Duration patience(Section store) {
        Duration wait =
                store.value("wait").flatMap(value -> value.as(Quantities::time)).orElse(StoreConfig.DEFAULT_PATIENCE);
        if (wait.compareTo(SHORTEST) < 0 || wait.compareTo(LONGEST) > 0) {
            store.fault("wait", wait.toMillis() + "ms (expected: 100ms-30s)");
            return StoreConfig.DEFAULT_PATIENCE;
        }
        return wait;
    }

    /** Nothing listens unless {@code controller.listen} is there. */
    static ControllerSection controller(Section controller, Listeners listeners) {
        List<InetAddress> listen = new ArrayList<>();
        controller.values("listen").forEach(value -> value.as(Addresses::parse).ifPresent(listen::add));
        int port = listeners.add(listen, controller.section("ports"), "services", USUAL_PORT, "controller");
        return new ControllerSection(
                listen,
                port,
                controller.text("when_away", "static").equals("closed") ? WhenAway.CLOSED : WhenAway.STATIC);
    }
}
