package kwangmyong.lab.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Denials;

/** Reads {@code denials}, the lab's and a rule's. */
final class DenialReader {
    private DenialReader() {}

    /** What is not written is as {@code otherwise}. */
    static Denials read(Section section, Denials otherwise) {
        return new Denials(
                dns(section).orElse(otherwise.dns()),
                section.value("http").flatMap(DenialReader::http).orElse(otherwise.http()),
                section.value("mail")
                        .flatMap(value -> value.as(DenialReader::mail))
                        .orElse(otherwise.mail()));
    }

    private static Optional<Presentation> dns(Section section) {
        List<InetAddress> sinkhole = section.section("dns").values("sinkhole").stream()
                .flatMap(value -> value.as(Addresses::parse).stream())
                .toList();
        if (!sinkhole.isEmpty()) {
            return Optional.of(new Presentation.Sinkhole(sinkhole));
        }
        return section.value("dns")
                .flatMap(value -> Arrays.stream(Presentation.Dns.values())
                        .filter(known -> known.word().equals(value.text()))
                        .map(Presentation.class::cast)
                        .findFirst());
    }

    private static Optional<Presentation> http(Value value) {
        return Arrays.stream(Presentation.Http.values())
                .filter(known -> known.word().equals(value.text()))
                .map(Presentation.class::cast)
                .findFirst();
    }

    private static Presentation.Mail mail(String text) {
        String[] codes = text.strip().split("\\s+", 2);
        if (codes.length != 2) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a reply code and an enhanced code, as '550 5.7.1'");
        }
        return new Presentation.Mail(Integer.parseInt(codes[0]), codes[1]);
    }
}
