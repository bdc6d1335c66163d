package kwangmyong.lab.running;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.place.Addresses;
import kwangmyong.kernel.service.Service;
import kwangmyong.lab.config.LabDeclaration;
import kwangmyong.lab.parts.Addressing;

/** What a person who has just started a lab wants to know. */
public final class Welcome {
    private Welcome() {}

    public static String text(Lab lab) {
        LabDeclaration declaration = lab.declaration();
        AddressPlan plan = lab.plan();
        var text = new StringBuilder();
        text.append(declaration.title())
                .append(" is up (")
                .append(declaration.name())
                .append(
                        plan.isLoopback()
                                ? ", loopback mode: no isolation, everything is on 127/8).\n\n"
                                : lab.isolation() == null
                                        ? ", container mode: at its real addresses).\n\n"
                                        : ", isolated mode: networks of its own, with no way out).\n\n");
        for (Service service : lab.services()) {
            if (!service.name().equals("sites")) {
                text.append(String.format("  %-9s %s%n", service.name(), listeners(service)));
            }
        }
        text.append("\n  subject    terminal       password\n");
        declaration
                .terminals()
                .forEach((subject, terminal) -> text.append(String.format(
                        "  %-10s %-14s %s%n",
                        subject,
                        plan.socket(terminal).getHostAddress(),
                        declaration.accounts().get(subject) instanceof LabDeclaration.Password.Demonstration
                                ? subject + "-demo"
                                : "(its own)")));
        declaration.operators().values().stream()
                .filter(operator -> operator.password() instanceof LabDeclaration.Password.Demonstration)
                .forEach(operator -> text.append(String.format(
                        "  %-10s %-14s %s%n", operator.name(), "(the console)", operator.name() + "-demo")));
        suggest(declaration, plan, text);
        return text.toString();
    }

    /** What to try: a subject and a site that this lab has. */
    private static void suggest(LabDeclaration declaration, AddressPlan plan, StringBuilder text) {
        text.append(
                plan.isLoopback() ? "\nTry:  kwm tour      kwm subjects\n" : "\nTry:  kwm leaks     kwm subjects\n");
        List<String> hosts = declaration.sites() == null
                ? List.of()
                : declaration.sites().sites().stream()
                        .flatMap(site -> site.hosts().stream())
                        .toList();
        if (hosts.isEmpty() || declaration.terminals().isEmpty()) {
            return;
        }
        String subject = favourite(declaration.terminals().keySet(), "academic");
        String host = favourite(hosts, "namsan.aca.kp");
        text.append(String.format("      kwm explain %s %s%n", subject, favourite(hosts, "dailynk.com")));
        if (!plan.isLoopback()) {
            text.append(String.format("      kwm enter %s -- curl http://%s/%n", subject, host));
            return;
        }
        String from = plan.socket(requireNonNull(declaration.terminals().get(subject)))
                .getHostAddress();
        String[] dns = Addresses.text(plan.socket(Addressing.dns(declaration))).split(":", 2);
        String gateway = Addresses.text(plan.socket(Addressing.gateway(declaration)));
        text.append(String.format("      dig -b %s @%s -p %s %s%n", from, dns[0], dns[1], host))
                .append(String.format("      curl --interface %s -x http://%s http://%s/%n", from, gateway, host));
    }

    private static String favourite(Collection<String> names, String name) {
        return names.contains(name) ? name : names.iterator().next();
    }

    private static String listeners(Service service) {
        if (service.listeners().isEmpty()) {
            return "in a network of its own";
        }
        return service.listeners().stream()
                .filter(listener -> listener.socket().getAddress().getAddress().length == 4)
                .map(listener -> listener.protocol() + " " + Addresses.text(listener.socket()))
                .collect(Collectors.joining(", "));
    }
}
