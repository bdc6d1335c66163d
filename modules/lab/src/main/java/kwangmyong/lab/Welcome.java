package kwangmyong.lab;

import java.util.stream.Collectors;
import kwangmyong.kernel.place.AddressPlan;
import kwangmyong.kernel.service.Service;
import kwangmyong.lab.config.LabDeclaration;

/** What a person who has just started a lab wants to know. */
final class Welcome {
    private Welcome() {}

    static String text(Lab lab) {
        LabDeclaration declaration = lab.declaration();
        AddressPlan plan = lab.plan();
        var text = new StringBuilder();
        text.append(declaration.title())
                .append(" is up (")
                .append(declaration.name())
                .append(", loopback mode: no isolation, everything is on 127/8).\n\n");
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
        String dns = OperatorPorts.Text.of(plan.socket(Addressing.dns(declaration)));
        String gateway = OperatorPorts.Text.of(plan.socket(Addressing.gateway(declaration)));
        text.append("\nTry:  kwm tour      kwm explain academic dailynk.com\n");
        declaration.terminals().values().stream().findFirst().ifPresent(first -> {
            String from = plan.socket(declaration.terminals().getOrDefault("academic", first))
                    .getHostAddress();
            String[] server = dns.split(":", 2);
            text.append("      dig -b ")
                    .append(from)
                    .append(" @")
                    .append(server[0])
                    .append(" -p ")
                    .append(server[1])
                    .append(" namsan.aca.kp\n");
            text.append("      curl --interface ")
                    .append(from)
                    .append(" -x http://")
                    .append(gateway)
                    .append(" http://namsan.aca.kp/\n");
        });
        return text.toString();
    }

    private static String listeners(Service service) {
        return service.listeners().stream()
                .filter(listener -> listener.socket().getAddress().getAddress().length == 4)
                .map(listener -> listener.protocol() + " " + OperatorPorts.Text.of(listener.socket()))
                .collect(Collectors.joining(", "));
    }
}
