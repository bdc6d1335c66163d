package kwangmyong.lab.parts;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.config.MailSection;
import kwangmyong.lab.outcome.UsageException;
import kwangmyong.lab.process.RunFile;

/** Where a declared lab's services are, as lab addresses, and how those become sockets. */
public final class Addressing {
    private Addressing() {}

    public static AddressPlan plan(LabDeclaration lab, RunFile.Mode mode, int offset) {
        if (mode != RunFile.Mode.LOOPBACK) {
            return AddressPlan.real();
        }
        return AddressPlan.loopback(
                offset,
                lab.policy().attachments().stream()
                        .flatMap(attachment -> attachment.ranges().stream())
                        .toList());
    }

    public static InetSocketAddress dns(LabDeclaration lab) {
        return first(lab.dns().listen(), lab.dns().port());
    }

    public static InetSocketAddress gateway(LabDeclaration lab) {
        return first(lab.gateway().listen(), lab.gateway().proxy());
    }

    static InetSocketAddress gatewayTls(LabDeclaration lab) {
        return first(lab.gateway().listen(), lab.gateway().tls());
    }

    /** Where letters are submitted. */
    public static InetSocketAddress submission(LabDeclaration lab) {
        MailSection mail = lab.mail();
        if (mail == null) {
            throw new UsageException("the lab " + lab.name() + " has no mail");
        }
        return first(mail.listen(), mail.submission());
    }

    /** Every address that a service of the lab listens on, or a program of the provider's may; sites are none. */
    public static Set<InetAddress> services(LabDeclaration lab) {
        Set<InetAddress> services = new LinkedHashSet<>(lab.dns().addresses());
        services.addAll(lab.gateway().listen());
        services.addAll(lab.console().listen());
        lab.metrics().listen().stream()
                .filter(address -> !address.isLoopbackAddress())
                .forEach(services::add);
        services.addAll(lab.portal().listen());
        services.addAll(lab.sinkholes());
        services.addAll(lab.network().provider());
        MailSection mail = lab.mail();
        if (mail != null) {
            services.addAll(mail.listen());
        }
        return services;
    }

    /** Every address with one port. */
    public static List<InetSocketAddress> each(List<InetAddress> addresses, int port) {
        return addresses.stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    private static InetSocketAddress first(List<InetAddress> addresses, int port) {
        return new InetSocketAddress(addresses.get(0), port);
    }
}
