package kwangmyong.lab.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kwangmyong.kernel.access.Presentation;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.policy.Denials;

/** Reads {@code denials}: the lab's, an attachment's and a rule's. */
final class DenialReader {
    private static final int FORGED_TTL = 300;

    private DenialReader() {}

    /** What is not written is as {@code otherwise}. */
    static Denials read(Section section, Denials otherwise) {
        return new Denials(
                dns(section).orElse(otherwise.dns()),
                section.value("http").flatMap(DenialReader::http).orElse(otherwise.http()),
                section.value("mail")
                        .flatMap(value -> value.as(DenialReader::mail))
                        .orElse(otherwise.mail()),
                section.value("border").flatMap(DenialReader::border).orElse(otherwise.border()));
    }

    private static Optional<Presentation> dns(Section denials) {
        Section dns = denials.section("dns");
        long ways = Stream.of("sinkhole", "forge", "truncate").filter(dns::has).count();
        if (ways > 1 || (ways == 0 && isMap(denials))) {
            denials.fault("dns", "takes one of 'sinkhole', 'forge' and 'truncate'");
        }
        if (dns.has("ttl") && !dns.has("forge")) {
            dns.fault("ttl", "has no effect without 'forge'");
        }
        if (dns.has("sinkhole")) {
            List<InetAddress> addresses = addresses(dns.values("sinkhole"));
            return addresses.isEmpty() ? Optional.empty() : Optional.of(new Presentation.Sinkhole(addresses));
        }
        if (dns.has("forge")) {
            return forged(dns.values("forge"), dns.integer("ttl", FORGED_TTL));
        }
        if (dns.has("truncate")) {
            return dns.value("truncate").flatMap(DenialReader::plain).map(Presentation.Truncated::new);
        }
        return denials.value("dns").flatMap(DenialReader::plain);
    }

    private static boolean isMap(Section denials) {
        return denials.has("dns") && denials.value("dns").isEmpty();
    }

    private static Optional<Presentation> plain(Value value) {
        return Arrays.stream(Presentation.Dns.values())
                .filter(known -> known.word().equals(value.text()))
                .map(Presentation.class::cast)
                .findFirst();
    }

    /** One name, or addresses. */
    private static Optional<Presentation> forged(List<Value> values, int ttl) {
        if (values.size() == 1 && !Addresses.isNumeric(values.get(0).text())) {
            return values.get(0).as(Names::host).map(alias -> new Presentation.Forged(List.of(), alias, ttl));
        }
        List<InetAddress> addresses = addresses(values);
        return addresses.isEmpty() ? Optional.empty() : Optional.of(new Presentation.Forged(addresses, null, ttl));
    }

    private static List<InetAddress> addresses(List<Value> values) {
        return values.stream()
                .flatMap(value -> value.as(Addresses::parse).stream())
                .toList();
    }

    private static Optional<Presentation> http(Value value) {
        return Arrays.stream(Presentation.Http.values())
                .filter(known -> known.word().equals(value.text()))
                .map(Presentation.class::cast)
                .findFirst();
    }

    private static Optional<Presentation.Border> border(Value value) {
        return Arrays.stream(Presentation.Border.values())
                .filter(known -> known.word().equals(value.text()))
                .findFirst();
    }

    private static Presentation.Mail mail(String text) {
        if (text.strip().equals(Presentation.Mail.HELD.word())) {
            return Presentation.Mail.HELD;
        }
        String[] codes = text.strip().split("\\s+", 2);
        if (codes.length != 2) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a reply code and an enhanced code, as '550 5.7.1', or held");
        }
        return new Presentation.Mail(Integer.parseInt(codes[0]), codes[1]);
    }
}
