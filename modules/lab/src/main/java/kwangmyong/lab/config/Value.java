package kwangmyong.lab.config;

import java.util.Optional;
import java.util.function.Function;
import kwangmyong.lab.yaml.Faults;
import kwangmyong.lab.yaml.Place;

/** A single value of the configuration with where it stands, so that whoever makes sense of it can refuse it there. */
public record Value(String text, Place place, String path, Faults faults) {
    /** Adds a fault whose message begins with the value itself. */
    public void refuse(String why) {
        faults.add(place, path, "'" + text + "' " + why);
    }

    /** Adds a fault with a whole message of its own. */
    public void fault(String message) {
        faults.add(place, path, message);
    }

    /** What {@code reading} makes of the text; what it throws as {@link IllegalArgumentException} becomes a fault. */
    public <T> Optional<T> as(Function<String, T> reading) {
        try {
            return Optional.of(reading.apply(text));
        } catch (IllegalArgumentException wrong) {
            String message = wrong.getMessage();
            fault(message == null ? "'" + text + "' is not understood" : message);
            return Optional.empty();
        }
    }

    public Value with(String changed) {
        return new Value(changed, place, path, faults);
    }
}
