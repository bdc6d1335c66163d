package kwangmyong.lab.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import kwangmyong.dns.tsig.TsigAlgorithm;
import kwangmyong.lab.config.DnsSection.TransferKey;
import kwangmyong.lab.yaml.Nearest;

/** Reads {@code dns.tsig}: {@code {registry-key: {algorithm: hmac-sha256, subject: registrar}}}. */
final class TransferKeyReader {
    private TransferKeyReader() {}

    static List<TransferKey> read(Section tsig, Collection<String> subjects) {
        List<TransferKey> keys = new ArrayList<>();
        tsig.named().forEach((name, key) -> {
            TsigAlgorithm algorithm =
                    TsigAlgorithm.of(key.text("algorithm", "")).orElse(TsigAlgorithm.HMAC_SHA256);
            Optional<Value> subject = key.value("subject");
            subject.filter(value -> !subjects.contains(value.text()))
                    .ifPresent(
                            value -> value.refuse("is no subject of this lab" + Nearest.hint(value.text(), subjects)));
            keys.add(new TransferKey(
                    name,
                    algorithm,
                    key.value("file").flatMap(TransferKeyReader::file).orElse(null),
                    subject.map(Value::text).orElse(null)));
        });
        return keys;
    }

    private static Optional<Path> file(Value value) {
        try {
            Path file = value.place().resolve(value.text());
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
            value.refuse("is not a file");
        } catch (InvalidPathException notAPath) {
            value.refuse("is not a path");
        }
        return Optional.empty();
    }
}
